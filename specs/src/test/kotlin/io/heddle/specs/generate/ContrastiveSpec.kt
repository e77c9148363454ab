package io.heddle.specs.generate

import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallReverser
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.util.OptionalInt
import kotlin.math.sqrt

/** Contrastive search takes what is likely and unlike all before it (arXiv 2202.06417, equation 5). */
class ContrastiveSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val writer = RunnableModel.initialized(smallDecoder(positions = 32), engine, 1)
        val prompt = intArrayOf(3, 1, 4)

        fun generator(way: Decoding) = Generator(writer, way, OptionalInt.empty(), 0)

        /** The decoder of [writer] alone, whose vectors are an output: no cache, no graph of decoding. */
        fun body(): Model =
            model("body", width = 8) {
                layout = PreNorm
                val text by tokens(vocab = 12) { learnedPositions(32) }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        feedForward { activation = Gelu }
                        addNorm()
                    }
                check(decoder.name == "decoder")
            }

        val vectors = RunnableModel.blank(body(), engine)
        vectors.weights().layout().entries().keys.forEach { name ->
            vectors.weights().tensor(name).assign(writer.weights().tensor(name))
        }

        fun vectors(tokens: List<Int>): List<List<Double>> {
            val sizes = mapOf("batch" to 1L, "text" to tokens.size.toLong())
            val program = vectors.executable(Purpose.Inference).bind(sizes)
            program.setInput("text", tokens.toIntArray())
            program.setInput("text/lengths", intArrayOf(tokens.size))
            program.run()
            return program.output("decoder").slice(0).toDoubleMatrix().map { it.toList() }
        }

        fun cosine(left: List<Double>, right: List<Double>): Double {
            fun product(x: List<Double>, y: List<Double>) = x.zip(y).sumOf { (a, b) -> a * b }
            return product(left, right) / sqrt(product(left, left) * product(right, right))
        }

        "each token is the one of the equation" {
            for ((candidates, penalty) in listOf(3 to 0.6, 5 to 0.3, 12 to 1.0)) {
                val expected = prompt.toMutableList()
                repeat(5) {
                    val p = writer.probabilities(expected)
                    expected +=
                        p.indices
                            .sortedByDescending { p[it] }
                            .take(candidates)
                            .maxBy { token ->
                                val all = vectors(expected + token)
                                val nearest = all.dropLast(1).maxOf { cosine(it, all.last()) }
                                (1 - penalty) * p[token] - penalty * nearest
                            }
                }
                val heard = mutableListOf<Int>()
                val written = generator(Decoding.Contrastive(candidates, penalty)).after(prompt, 5) { heard += it }
                written.tokens() shouldBe expected
                heard shouldBe expected.drop(3)
                written.tokens() shouldNotBe generator(Decoding.Greedy).after(prompt, 5) {}.tokens()
            }
        }

        "one candidate, or no penalty, is greedy" {
            val greedy = generator(Decoding.Greedy).after(prompt, 8) {}
            generator(Decoding.Contrastive(1, 0.9)).after(prompt, 8) {} shouldBe greedy
            generator(Decoding.Contrastive(4, 0.0)).after(prompt, 8) {} shouldBe greedy
        }

        "several sources give what each gives alone" {
            val model = RunnableModel.initialized(smallReverser(), engine, 1)
            val generator = Generator(model, Decoding.Contrastive(3, 0.5), OptionalInt.of(4), 0)
            val sources = listOf(intArrayOf(5, 6, 7, 3), intArrayOf(9, 3), intArrayOf(8, 8, 10, 11, 3))
            generator.from(sources, 2, 5) shouldBe sources.map { generator.from(listOf(it), 2, 5).single() }
        }

        "an answer ends where positions do, and rules hold" {
            val short = RunnableModel.initialized(shortAnswerer(read = 4, written = 6), engine, 1)
            val full =
                Generator(short, Decoding.Contrastive(3), OptionalInt.empty(), 0).from(listOf(intArrayOf(5, 3)), 2, 9)
            full.single().end() shouldBe Written.End.POSITIONS
            full.single().tokens().size shouldBe 6
            val ruled = Decoding.Restricted(Decoding.Contrastive(4), listOf(DecodingRule.NoRepeat(1)))
            generator(ruled).after(prompt, 9) {}.tokens().toSet().size shouldBe 12
        }
    })
