package io.heddle.specs.data

import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.ContinuedSegments
import io.heddle.runtime.data.OrderedSegments
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.TextData
import io.heddle.runtime.data.TokenStream
import io.heddle.runtime.data.text.TextFile
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll

/** Text in order, for a model that remembers what stands before a batch. */
class SegmentsSpec :
    StringSpec({
        val letters = ('a'..'z').joinToString("") + ('A'..'Z').joinToString("")
        val tokenizer = CharacterTokenizer.of(letters)
        fun stream(length: Int): TokenStream {
            val text = letters.repeat(length / letters.length + 1).take(length)
            return TextData.split(listOf(TextFile("letters.txt", text)), tokenizer, 1.0).training
        }

        /** What row [row] of these batches reads, in turn, and what it is to foretell. */
        fun read(batches: List<Batch>, row: Int) =
            batches.flatMap { batch ->
                val real = batch.tensor(Batch.LENGTHS).values()[row]
                batch.tensor(Batch.IDS).rows()[row].take(real) zip batch.tensor(Batch.LABELS).rows()[row].take(real)
            }

        fun TokenStream.places(from: Int, until: Int) = (from until until).map { id(it) to id(it + 1) }

        "each row of a batch goes on where it ended, and begins anew with the epoch" {
            checkAll(100, Arb.int(1..4), Arb.int(1..3), Arb.int(1..9), Arb.int(0..60)) { rows, groups, context, more ->
                val all = rows * groups
                val text = stream(all * context + 1 + more)
                val segments = ContinuedSegments(text, rows, groups, context)
                val positions = generateSequence(Position.START) { segments.after(it) }
                val epoch = positions.takeWhile { it.epoch() == 0L }.toList()
                val length = (text.length() - 1) / all
                for (group in 0 until groups) {
                    val batches = epoch.filter { it.batch() % groups == group.toLong() }.map { segments.batch(it) }
                    for (row in 0 until rows) {
                        val begin = (group * rows + row) * length
                        read(batches, row) shouldBe text.places(begin, begin + length)
                    }
                    batches.withIndex().toList().forAll { (number, batch) ->
                        batch.tensor(Batch.REMEMBERED).values() shouldBe IntArray(rows) { number * context }
                        batch.labelCount shouldBe batch.tensor(Batch.LABELS).values().count { it >= 0 }
                    }
                }
                val next = positions.elementAt(epoch.size)
                next shouldBe Position(1, 0)
                segments.batch(next) shouldBe segments.batch(Position.START)
            }
        }

        "segments in order hold every token but the first as a label, once" {
            checkAll(200, Arb.int(2..300), Arb.int(1..7), Arb.int(1..50)) { length, batchSize, context ->
                val text = stream(length)
                val segments = OrderedSegments.of(text, batchSize, context)
                val batches = segments.toList()
                (0 until segments.rows()).flatMap { read(batches, it) } shouldBe text.places(0, length - 1)
                batches.sumOf { it.labelCount } shouldBe length - 1
                batches.first().tensor(Batch.LENGTHS).values().all { it > 0 } shouldBe true
                segments.first(2).toList() shouldBe batches.take(2)
            }
        }

        "a text shorter than a segment of each row is refused" {
            refusal { ContinuedSegments(stream(24), 3, 1, 8) } shouldBe
                """
                letters.txt: the training part is too short
                  tokens there = 24
                  tokens needed = 25   from 3 rows of a context of 8 and the token after them
                  Give more text, a larger share of it for training, or a shorter context.
                """
                    .trimIndent()
        }
    })
