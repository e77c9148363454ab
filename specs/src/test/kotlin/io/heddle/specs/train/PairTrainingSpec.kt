package io.heddle.specs.train

import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.tabSeparated
import io.heddle.recipe.BleuTokenization
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.Measure
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import kotlin.io.path.writeText

class PairTrainingSpec :
    FunSpec({
        test("pairs are learned character by character, with a BLEU of what is written") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            base.resolve("words.tsv").writeText("abc\tcba\nca\tac\n".repeat(4))
            val files = tabSeparated("words.tsv")
            val plan =
                recipe(pairs(files, files, Tokenization.Characters), steps = 2) {
                    bleu()
                    sample("cab", tokens = 5)
                }
            val outcome = train(smallReverser(), plan, base, run)
            outcome.last().map { it.measure(Measure.BLEU).isPresent }.get() shouldBe true
            Checkpoint.open(run).tokenizers() shouldBe outcome.tokenizers().get()
            outcome.tokenizers().get().written().vocabularySize() shouldBe 6
        }

        test("both sides share the parts of words that are learned from both, and a checkpoint keeps them") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            base.resolve("words.tsv").writeText("abab cab\tbac baba\nab ab\tba ba\n".repeat(4))
            val files = tabSeparated("words.tsv")
            val plan =
                recipe(pairs(files, files, Tokenization.BytePairEncoding(vocabulary = 11)), steps = 2) {
                    bleu(BleuTokenization.None)
                }
            val outcome = train(smallReverser(), plan, base, run)
            outcome.last().map { it.measure(Measure.BLEU).isPresent }.get() shouldBe true
            val tokenizers = Checkpoint.open(run).tokenizers()
            tokenizers shouldBe outcome.tokenizers().get()
            tokenizers.read() shouldBe tokenizers.written()
            tokenizers.written().vocabularySize() shouldBe 11
            // joined as often in what is written as in what is read: "ab", then "b" at the beginning of a word
            tokenizers.read().encode("abab bac").map { tokenizers.read().piece(it) } shouldBe
                listOf("ab", "ab", "b", "a", "c")
        }
    })
