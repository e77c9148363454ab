package io.heddle.specs.train

import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.tabSeparated
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.Measure
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import kotlin.io.path.writeText

class CharacterPairsSpec :
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
    })
