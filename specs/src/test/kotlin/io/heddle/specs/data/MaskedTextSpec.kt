package io.heddle.specs.data

import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.MaskedEvaluation
import io.heddle.runtime.data.MaskedWindows
import io.heddle.runtime.data.Masking
import io.heddle.runtime.data.OrderedWindows
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.RandomWindows
import io.heddle.runtime.data.TextData
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

/** Tokens are hidden as BERT hides them (arXiv 1810.04805, section 3.1 and appendix A.1). */
class MaskedTextSpec :
    StringSpec({
        val letters = ('a'..'z').joinToString("")
        val tokenizer = CharacterTokenizer.of(letters)
        val text = textFile(letters.repeat(2_000))
        val tokens = TextData.of(listOf(text), listOf(text), tokenizer).training()
        val masking = Masking(0.15, 26, 7, "training")
        val plain = RandomWindows(tokens, 100, 200, 7, "training")

        "of 15 % of the tokens 80 % are the mask, 10 % any token and 10 % as they were, and so are the others" {
            var (all, hidden, masked, kept) = List(4) { 0 }
            var replaced = 0
            for (number in 0L..4L) {
                val position = Position(0, number)
                val was = plain.batch(position).tensor(Batch.IDS).values()
                val batch = MaskedWindows(plain, masking).batch(position)
                val now = batch.tensor(Batch.IDS).values()
                val labels = batch.tensor(Batch.LABELS).values()
                was.indices.forEach { place ->
                    all++
                    if (labels[place] == Batch.IGNORED_LABEL) {
                        now[place] shouldBe was[place]
                    } else {
                        labels[place] shouldBe was[place]
                        hidden++
                        when (now[place]) {
                            26 -> masked++
                            was[place] -> kept++
                            else -> replaced++
                        }
                    }
                }
                batch.labelCount shouldBe labels.count { it != Batch.IGNORED_LABEL }
            }
            // Five deviations of a count of 100,000, or of 15,000, draws; one of 26 replacements is the token itself.
            hidden / all.toDouble() shouldBe (0.15 plusOrMinus 0.006)
            masked / hidden.toDouble() shouldBe (0.8 plusOrMinus 0.017)
            replaced / hidden.toDouble() shouldBe (0.1 * 25 / 26 plusOrMinus 0.013)
            kept / hidden.toDouble() shouldBe (0.1 + 0.1 / 26 plusOrMinus 0.013)
        }

        "a batch is hidden alike whenever it is asked for, and another one in another way" {
            val windows = MaskedWindows(plain, masking)
            windows.batch(Position(0, 3)) shouldBe MaskedWindows(plain, masking).batch(Position(0, 3))
            windows.after(Position(0, 3)) shouldBe plain.after(Position(0, 3))
            fun places(batch: Batch) = batch.tensor(Batch.LABELS).values().map { it == Batch.IGNORED_LABEL }
            places(windows.batch(Position(0, 3))) shouldNotBe places(windows.batch(Position(0, 4)))
            places(MaskedWindows(plain, masking.copy(purpose = "other")).batch(Position(0, 3))) shouldNotBe
                places(windows.batch(Position(0, 3)))
        }

        "held-out text is hidden alike at every look" {
            fun look() = MaskedEvaluation(OrderedWindows(tokens, 16, 64), masking)
            look().toList() shouldBe look().toList()
            look().count() shouldBe OrderedWindows(tokens, 16, 64).count()
        }

        "padding is not hidden, for nothing stands there to fill in" {
            val short = textFile("abcdefghij")
            val windows = OrderedWindows(TextData.of(listOf(short), listOf(short), tokenizer).training(), 2, 8)
            val hidden = MaskedEvaluation(windows, masking.copy(share = 0.999))
            hidden.toList().sumOf { it.labelCount } shouldBe windows.sumOf { it.tensor(Batch.LENGTHS).values().sum() }
            hidden.forEach { batch ->
                val (ids, lengths) = batch.tensor(Batch.IDS) to batch.tensor(Batch.LENGTHS).values()
                batch.tensor(Batch.LABELS).values().forEachIndexed { place, label ->
                    val isReal = place % ids.size(1) < lengths[place / ids.size(1)]
                    (label != Batch.IGNORED_LABEL) shouldBe isReal
                }
            }
        }

        "one token is hidden where chance hides none" {
            val rare = MaskedWindows(RandomWindows(tokens, 1, 2, 7, "training"), masking.copy(share = 1e-9))
            List(20) { rare.batch(Position(0, it.toLong())).labelCount() } shouldBe List(20) { 1 }
        }
    })

private fun Masking.copy(share: Double = share(), purpose: String = purpose()) =
    Masking(share, tokens(), seed(), purpose)
