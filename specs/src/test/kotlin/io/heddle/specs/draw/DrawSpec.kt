package io.heddle.specs.draw

import io.heddle.draw.dot
import io.heddle.draw.mermaid
import io.heddle.draw.svg
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.picture.ElkPlacing
import io.heddle.script.DescriptionFiles
import io.heddle.specs.language.anyModel
import io.heddle.terms.Causal
import io.heddle.terms.Layout
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Reversible
import io.heddle.terms.Window
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.property.checkAll
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/** How often what is repeated comes, as a picture says it. */
private val Picture.times
    get() = texts.map { it.name }.filter { it.startsWith("×") && it.drop(1).all(Char::isDigit) }

private fun tall(layers: Int, layout: Layout): Model =
    model("tall", width = 64) {
        this.layout = layout
        val source by tokens(vocab = 9)
        val target by tokens(vocab = 9)
        val encoder by
            stack(source, layers = layers) {
                attention(heads = 8)
                addNorm()
                feedForward()
                addNorm()
            }
        val decoder by
            stack(target, layers = layers) {
                attention(heads = 8) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
    }

/** A picture of a model shows all of it, once, and no two things in one place. */
class DrawSpec :
    StringSpec({
        "every model of the zoo is drawn whole, tidily, and the same each time" {
            val scripts = Path.of("..", "samples", "zoo").listDirectoryEntries("*.model.kts").sorted()
            scripts.shouldNotBeEmpty()
            scripts
                .flatMap { DescriptionFiles.read(it).models }
                .forEach { (name, model) ->
                    withClue(name) {
                        val svg = model.svg(ElkPlacing)
                        val picture = Picture(svg)
                        picture.title shouldBe model.name
                        picture.shouldShow(model)
                        picture.shouldBeTidy()
                        model.svg(ElkPlacing) shouldBe svg
                    }
                }
        }

        "any legal model is drawn whole and tidily" {
            checkAll(iterations = 150, anyModel) { model ->
                val picture = Picture(model.svg(ElkPlacing))
                picture.shouldShow(model)
                picture.shouldBeTidy()
                model.mermaid() shouldBe model.mermaid()
                model.dot() shouldBe model.dot()
            }
        }

        "a picture is as large with 96 layers as with 6, and tells how many there are" {
            listOf(PostNorm, PreNorm, Parallel, Reversible()).forEach { layout ->
                val (one, six, many) = listOf(1, 6, 96).map { Picture(tall(it, layout).svg(ElkPlacing)) }
                listOf(one, six, many).forEach { it.shouldBeTidy() }
                one.times.shouldContainExactly()
                six.times shouldContainExactly listOf("×6", "×6")
                many.times shouldContainExactly listOf("×96", "×96")
                six.paths shouldBe one.paths
                many.paths shouldBe one.paths
            }
        }

        "layers that take turns are drawn together, and equal ones among them once" {
            val gemma =
                model("gemma", width = 64) {
                    val text by tokens(vocab = 9)
                    val decoder by
                        stack(text, layers = 13) { layer ->
                            attention(heads = 8) { mask = if (layer % 6 == 5) Causal else Causal and Window(4) }
                            addNorm()
                        }
                    val next by logits(decoder)
                }
            val picture = Picture(gemma.svg(ElkPlacing))
            picture.times.toSet() shouldBe setOf("×2", "×5")
            picture.paths.filter { it.endsWith("/attention") } shouldBe
                listOf("decoder/0/attention", "decoder/5/attention", "decoder/12/attention")
        }

        "what a box tells breaks where a reader would break it, and tells what is remembered and copied through" {
            fun words(script: String) =
                DescriptionFiles.read(Path.of("..", "samples", "zoo", "$script.model.kts")).models.flatMap { (_, model)
                    ->
                    Picture(model.svg(ElkPlacing)).texts.map { it.name }
                }
            words("bigbird").filter { "seed" in it } shouldBe listOf("seed = 0))")
            words("transformer-xl") shouldContain "relative sinusoids, memory of 150"
            words("pointer") shouldContain "through decoder/5/crossAttention"
        }

        "a look at a picture sees what is in the way" {
            val svg = tall(2, PreNorm).svg(ElkPlacing)
            val box = Picture(svg).boxes.first()
            val middle = (box.top + box.bottom) / 2
            val line = "<path d=\"M 0 $middle L ${box.right + 9} $middle\" fill=\"none\" stroke-width=\"1\"/>"
            val text = svg.lines().first { it.startsWith("<text") }
            Picture(svg).shouldBeTidy()
            listOf(line, text, text.replace("x=\"", "x=\"9")).forEach { more ->
                val crowded = Picture(svg.replace("</svg>", "$more</svg>"))
                shouldThrow<AssertionError> { crowded.shouldBeTidy() }
            }
        }

        "a picture needs nothing from outside, and tells who cannot see it what it shows" {
            val svg = tall(2, PreNorm).svg(ElkPlacing)
            svg.replace("http://www.w3.org/2000/svg", "") shouldNotContain "http"
            svg shouldNotContain "href"
            Picture(svg).description shouldContain "encoder: 2 layers, PreNorm; decoder: 2 layers, PreNorm"
        }
    })
