package io.heddle.specs.data

import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.Batching
import io.heddle.runtime.data.DroppedWords
import io.heddle.runtime.data.EpochBatches
import io.heddle.runtime.data.LabelledData
import io.heddle.runtime.data.LabelledText
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.WordDropout
import io.heddle.runtime.data.text.TextOrigin
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.EndingTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

/** A share of the words that are learned from is read as unknown ones. */
class WordDropoutSpec :
    StringSpec({
        val words = ('a'..'z').map { "$it" }
        val texts = List(400) { number -> List(1 + number % 26) { words[(number + it) % 26] }.joinToString(" ") }
        val tokenizer = WordTokenizer.of(texts, 1)

        fun batches(lines: List<String>, by: Tokenizer): EpochBatches {
            val labelled = lines.mapIndexed { line, text -> LabelledText(text, line % 2, TextOrigin("a", line + 1, 1)) }
            return EpochBatches(LabelledData.ofTexts(labelled, by, 99), Batching.sentences(lines.size), 7)
        }

        val known = batches(texts, tokenizer)

        fun dropped(share: Double, seed: Long = 7) = DroppedWords(known, WordDropout(share, seed, tokenizer))

        "so many tokens are unknown; the others, padding and labels stay" {
            val was = known.batch(Position(2, 0))
            val now = dropped(0.3).batch(Position(2, 0))
            val lengths = was.tensor(Batch.LENGTHS).values()
            var unknown = 0
            now.tensor(Batch.IDS).rows().forEachIndexed { row, ids ->
                ids.forEachIndexed { place, id ->
                    val before = was.tensor(Batch.IDS).rows()[row][place]
                    if (id != before) {
                        (place < lengths[row]) shouldBe true
                        tokenizer.decode(intArrayOf(id)) shouldBe "<unk>"
                        unknown++
                    }
                }
            }
            // Five deviations of a count of some 5,300 draws.
            unknown / lengths.sum().toDouble() shouldBe (0.3 plusOrMinus 0.032)
            now.labelCount shouldBe was.labelCount
            for (name in listOf(Batch.LENGTHS, Batch.LABELS)) now.tensor(name) shouldBe was.tensor(name)
        }

        "a word that has an ending is read as that, and an ending stays one" {
            val lines = List(50) { "the running the swimming the end" } + "walking parking Berlin"
            val endings = EndingTokenizer.of(lines, 2)
            val batch = DroppedWords(batches(lines, endings), WordDropout(0.999_999, 7, endings)).batch(Position(0, 0))
            val told = batch.tensor(Batch.IDS).rows().map { endings.decode(it.toIntArray()) }.toSet()
            val frequent = "<letters:> <letters:ing> <letters:> <letters:ing> <letters:> <letters:>"
            told shouldBe setOf(frequent, "<letters:ing> <letters:ing> <unk>")
        }

        "a batch is drawn alike whenever it is asked for, and another batch, epoch or seed in another way" {
            dropped(0.3).batch(Position(0, 0)) shouldBe dropped(0.3).batch(Position(0, 0))
            dropped(0.3).after(Position(0, 0)) shouldBe known.after(Position(0, 0))
            fun places(batch: Batch) = batch.tensor(Batch.IDS).values().map { it == 0 }
            val first = places(dropped(0.3).batch(Position(0, 0)))
            places(dropped(0.3, seed = 8).batch(Position(0, 0))) shouldNotBe first
            places(dropped(0.3).batch(Position(1, 0))) shouldNotBe first
        }

        "a tokenizer needs a token for unknown words" {
            refusal { WordDropout(0.3, 7, CharacterTokenizer.ofSentences(texts)) } shouldRead
                """
                recipe: the tokenizer has no token for unknown words
                  wordDropout = 0.3
                  Leave wordDropout out, or choose another tokenizer: Tokenization.Words(minimum = 2).
                """
        }
    })
