package io.heddle.specs.draw

import io.heddle.draw.dot
import io.heddle.draw.mermaid
import io.heddle.draw.svg
import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.picture.ElkPlacing
import io.heddle.terms.Causal
import io.heddle.terms.Layout
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Reversible
import io.heddle.terms.Window
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.checkAll

private const val LAYERS = 6

/** A decoder whose layers read the layers of an encoder that [read] names. */
private fun reading(read: List<Int>, layout: Layout = PostNorm): Model =
    model("reading", width = 64) {
        this.layout = layout
        val source by tokens(vocab = 9)
        val target by tokens(vocab = 9)
        val encoder by
            stack(source, layers = LAYERS) {
                attention(heads = 8)
                addNorm()
                feedForward()
                addNorm()
            }
        val decoder by
            stack(target, layers = read.size) { layer ->
                attention(heads = 8) { causal() }
                addNorm()
                crossAttention(from = encoder.layer(read[layer]))
                addNorm()
            }
        val next by logits(decoder)
    }

private fun stacked(layers: Int, layout: Layout = PreNorm, describe: BlockScope.(Int) -> Unit): Model =
    model("stacked", width = 64) {
        this.layout = layout
        val text by tokens(vocab = 9)
        val decoder by stack(text, layers = layers) { layer -> describe(layer) }
        val next by logits(decoder)
    }

/** A layer of one of five kinds. */
private fun BlockScope.kind(number: Int) {
    if (number != 1) attention(heads = if (number == 3) 4 else 8) { causal() }
    if (number != 1) addNorm()
    if (number == 2) return
    if (number == 4) experts(count = 8) else feedForward()
    addNorm()
}

private val Picture.words
    get() = texts.map { it.name }

private val Picture.height
    get() = whole.bottom - whole.top

private fun Picture.box(path: String) = boxes.single { it.name == path }

/** The heights of level lines that lead out of the encoder, to the right of all of its boxes. */
private fun Picture.outlets(): List<Double> {
    val right = boxes.filter { it.name.startsWith("encoder/") }.maxOf { it.right }
    val spine = box("encoder/0/attention").let { (it.left + it.right) / 2 }
    return lines.filter { it.left < spine + 12 && it.right > right + 20 }.map { (it.top + it.bottom) / 2 }
}

private fun drawn(model: Model) = Picture(model.svg(ElkPlacing)).apply { shouldBeTidy() }

/** Which layer is read is plain to see, and layers that differ are drawn so that all of them can be. */
class LayerPictureSpec :
    StringSpec({
        "what reads one layer is led to from that layer" {
            val picture = drawn(reading(List(4) { 3 }))
            picture.words shouldContainAll listOf("layer 3", "layers 0–3", "layers 4–5", "×4", "×2")
            picture.words.joinToString(" ") shouldContain "from encoder, layer 3"
            val height = picture.outlets().single()
            height shouldBeLessThan picture.box("encoder/0/feedForward/norm").top
            picture.box("encoder/4/attention").bottom shouldBeLessThan height
        }

        "what reads layers in their order is led to from each of them" {
            val picture = drawn(reading((0 until LAYERS).toList()))
            picture.words shouldContainAll listOf("each layer", "×6")
            picture.words.joinToString(" ") shouldContain "from encoder, the same layer"
            val height = picture.outlets().single()
            height shouldBeLessThan picture.box("encoder/0/feedForward/norm").top
            val norm = picture.box("encoder/0/feedForward/norm")
            picture.frames.filter { it.holds(norm) && it.top < height && height < it.bottom } shouldHaveSize 2
        }

        "layers that are read in another order are told in it" {
            val picture = drawn(reading((0 until LAYERS).reversed().toList()))
            picture.words.joinToString(" ") shouldContain "layers 5, 4, 3, 2, 1, 0"
            picture.words.filter { it == "×6" } shouldHaveSize 2
            picture.outlets() shouldHaveSize 1
        }

        "flowcharts lead from the layer that is read, too" {
            val model = reading(List(2) { 3 })
            val label = "layer 3, [batch, source, 64]"
            model.mermaid() shouldContain "n_encoder_0_feedForward_norm -->|\"$label\"| n_decoder_0_crossAttention\n"
            model.dot() shouldContain
                "\"encoder/0/feedForward/norm\" -> \"decoder/0/crossAttention\" [label=\"$label\"]\n"
        }

        "any layers may be read" {
            val layouts = Arb.element(PostNorm, PreNorm, Parallel, Reversible())
            checkAll(iterations = 60, Arb.list(Arb.int(0 until LAYERS), 1..LAYERS + 2), layouts) { read, layout ->
                withClue("$read $layout") {
                    val picture = drawn(reading(read, layout))
                    if (read.distinct().size == 1) picture.words shouldContain "layer ${read.first()}".merged(layout)
                }
            }
        }

        "96 layers that differ in a number are drawn as one that tells all of them" {
            val picture = drawn(stacked(96) { layer -> attention(heads = 8) { mask = Causal and Window(64 + layer) } })
            picture.words.joinToString(" ") shouldContain "Causal and Window(n), n = 64, 65, … 159 by layer"
            picture.words shouldContain "×96"
            picture.height shouldBeLessThan 500.0
        }

        "layers that differ here and there tell which are which" {
            val wide = listOf(3, 7, 8, 20)
            val picture = drawn(stacked(24) { layer -> feedForward(hidden = if (layer in wide) 512 else 256) })
            val words = picture.words.joinToString(" ")
            words shouldContain "hidden n,"
            words shouldContain "n = 512 in layers 3, 7–8, 20"
            picture.height shouldBeLessThan 500.0
        }

        "96 layers with unlike parts are drawn as one whose parts tell which layers have them" {
            val kinds = List(96) { (it * it / 3 + it / 7) % 5 }
            val picture = drawn(stacked(96) { layer -> kind(kinds[layer]) })
            val without = kinds.indices.filter { kinds[it] == 1 }
            val words = picture.words.joinToString(" ")
            words shouldContain "only in layers"
            picture.height shouldBeLessThan 1_500.0
            picture.paths.filter { it.endsWith("/attention") } shouldHaveSize 1
            picture.paths shouldNotContain "decoder/${without.first()}/attention"
        }

        "layers that take turns are told by number" {
            val picture = drawn(stacked(96) { layer -> kind(if (layer % 2 == 0) 0 else 4) })
            picture.words shouldContainAll listOf("layers 0–95", "layers 0, 2, … 94", "layers 1, 3, … 95", "×48")
        }

        "any layers one above the other are tidy" {
            val layouts = Arb.element(PostNorm, PreNorm, Parallel, Reversible())
            checkAll(iterations = 60, Arb.list(Arb.int(0..4), 1..12), layouts) { kinds, layout ->
                withClue("$kinds $layout") {
                    val model = stacked(kinds.size, layout) { layer -> kind(kinds[layer]) }
                    drawn(model)
                    model.mermaid().lines().filter { "subgraph" in it }.distinct() shouldContainExactly
                        model.mermaid().lines().filter { "subgraph" in it }
                }
            }
        }
    })

/** Two streams are brought together for what reads them. */
private fun String.merged(layout: Layout) = if (layout is Reversible) "$this, mean" else this
