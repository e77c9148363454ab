package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.dsl.files
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.recipe.Recipe
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.TrainingStart
import io.heddle.specs.support.digest
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** A training goes on with the data that it began with, or not at all. */
class OtherDataSpec :
    FunSpec({
        fun contents(run: Path) =
            listOf(Checkpoint.open(run).folder(), Checkpoint.open(run).folder().resolve("tokenizer"))
                .flatMap { folder -> folder.listDirectoryEntries().filter { !it.toFile().isDirectory } }
                .associate { it.fileName to it.digest() }

        fun refused(recipe: Recipe, base: Path, run: Path) =
            shouldThrow<ProblemsException> { train(smallDecoder(), recipe, base, run) }.message

        test("text with other characters is refused, and the checkpoint stays as it is") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            writeRhyme(base)
            train(smallDecoder(), smallRecipe(6), base, run)
            val before = contents(run)
            base.resolve("rhyme.txt").writeText("a dog sat on a log\n".repeat(50))
            refused(smallRecipe(12), base, run) shouldBe
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of other data, whose tokens are not the same
                  there = 706 tokens to learn from, 79 held out, 9 different ones (digest f4fc6d3ea111390a)
                  now = 855 tokens to learn from, 95 held out, 10 different ones (digest 068ec95369a423f5)
                  Give the data back as it was, train into another folder with --out, or begin anew there with --fresh.
                """
                    .trimIndent()
            contents(run) shouldBe before
        }

        test("as much text of the same characters in another order is refused, too") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            writeRhyme(base)
            train(smallDecoder(), smallRecipe(6), base, run)
            val text = base.resolve("rhyme.txt")
            text.writeText(text.readText().reversed())
            refused(smallRecipe(12), base, run) shouldBe
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of other data
                  there = 706 tokens to learn from, 79 held out, 9 different ones (digest f4fc6d3ea111390a)
                  now = 706 tokens to learn from, 79 held out, 9 different ones (digest 0be6437939e3d857)
                  Give the data back as it was, train into another folder with --out, or begin anew there with --fresh.
                """
                    .trimIndent()
            train(smallDecoder(), smallRecipe(6), base, run, start = TrainingStart.FRESH).steps() shouldBe 6
        }

        test("other letters at the same places are other data") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            base.resolve("rhyme.txt").writeText("abcd\n".repeat(60))
            train(smallDecoder(), smallRecipe(6), base, run)
            base.resolve("rhyme.txt").writeText("efgh\n".repeat(60))
            refused(smallRecipe(12), base, run) shouldBe
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of other data, whose tokens are not the same
                  there = 270 tokens to learn from, 30 held out, 5 different ones (digest 8a99082ec0a7a07b)
                  now = 270 tokens to learn from, 30 held out, 5 different ones (digest 8a99082ec0a7a07b)
                  Give the data back as it was, train into another folder with --out, or begin anew there with --fresh.
                """
                    .trimIndent()
        }

        test("other held-out pairs are other data") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            base.resolve("a.src").writeText("1 2 3\n4 5\n".repeat(8))
            base.resolve("a.trg").writeText("3 2 1\n5 4\n".repeat(8))
            base.resolve("b.src").writeText("2 3\n")
            base.resolve("b.trg").writeText("3 2\n")
            val data = pairs(files("a.src", "a.trg"), files("b.src", "b.trg"), Tokenization.Words(1))
            train(smallReverser(), recipe(data, steps = 2), base, run)
            base.resolve("b.src").writeText("2 4\n")
            shouldThrow<ProblemsException> { train(smallReverser(), recipe(data, steps = 4), base, run) }
                .message shouldBe
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of other data
                  there = 16 pairs to learn from, 1 held out, 9 and 9 different tokens (digest cf022fe86a561c9d)
                  now = 16 pairs to learn from, 1 held out, 9 and 9 different tokens (digest 30f3df9fc3a32328)
                  Give the data back as it was, train into another folder with --out, or begin anew there with --fresh.
                """
                    .trimIndent()
        }
    })
