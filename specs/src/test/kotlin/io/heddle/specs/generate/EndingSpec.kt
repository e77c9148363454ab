package io.heddle.specs.generate

import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallReverser
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.util.OptionalInt

/** Whoever listens hears each token, and whoever asks for no more gets what there is. */
class EndingSpec :
    StringSpec({
        val engine = autoClose(Engine.cpu(1))
        val writer = RunnableModel.initialized(smallDecoder(positions = 32), engine, 1)
        val answerer = RunnableModel.initialized(smallReverser(), engine, 1)

        "what ends when it is asked to is the beginning of what it would be, or the best of a search until then" {
            waysWordByWord.forEach { way ->
                val generator = Generator(writer, way, OptionalInt.empty(), 3)
                var asked = 0
                val ended = generator.until { asked++ == 4 }.after(intArrayOf(3, 1), 20) {}
                ended.end() shouldBe Written.End.ASKED
                ended.tokens() shouldBe generator.after(intArrayOf(3, 1), 4) {}.tokens()
            }
        }

        "an answer is heard token by token, or, of a search, in the end" {
            waysWordByWord.forEach { way ->
                val heard = mutableListOf<Int>()
                val generator = Generator(answerer, way, OptionalInt.of(4), 3)
                val answer = generator.from(intArrayOf(5, 6, 7, 3), listOf(), 2, 8) { heard += it }
                heard shouldBe answer.tokens().drop(1)
                generator.from(listOf(intArrayOf(5, 6, 7, 3)), 2, 8).single() shouldBe answer
            }
        }

        "a text goes on where positions run out, in every way as after its last tokens" {
            val narrow = RunnableModel.initialized(smallDecoder(positions = 8), engine, 1)
            fun generator(way: Decoding) = Generator(narrow, way, OptionalInt.empty(), 3)
            val long = IntArray(20) { (5 * it + it / 3) % 12 }
            for (prompt in listOf(long, long.copyOf(8), long.copyOf(3))) {
                val greedy = generator(Decoding.Greedy).after(prompt, 12) {}
                greedy.tokens().size shouldBe prompt.size + 12
                for (way in
                    listOf(Decoding.Beam(1), Decoding.DiverseBeam(2, 2, 0.0), Decoding.Contrastive(3, penalty = 0.0))) {
                    val written = generator(way).after(prompt, 12) {}
                    written.tokens() shouldBe greedy.tokens()
                    written.end() shouldBe Written.End.COUNT
                }
            }
            for (way in listOf(Decoding.Beam(3), Decoding.DiverseBeam(4, groups = 2), Decoding.Contrastive(4))) {
                val last = generator(way).after(long.copyOfRange(12, 20), 1) {}.tokens().last()
                generator(way).after(long, 1) {}.tokens() shouldBe long.toList() + last
                val prompts = listOf(long, long.reversedArray())
                generator(way).afterEach(prompts, 5).map { it.tokens() } shouldBe
                    prompts.map { generator(way).after(it, 5) {}.tokens() }
            }
        }

        "several prompts end together" {
            var asked = 0
            val rows =
                Generator(writer, Decoding.Greedy, OptionalInt.empty(), 0)
                    .until { asked++ == 2 }
                    .afterEach(listOf(intArrayOf(3), intArrayOf(1)), 9)
            rows.map { it.end() } shouldBe List(2) { Written.End.ASKED }
            rows.map { it.tokens().size } shouldBe listOf(3, 3)
        }
    })
