package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.files
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.recipe.Recipe
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.files.FolderLock
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.optional.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.writeText

/** What would end a training late is told before its first step, and nothing is saved. */
class BeforeTheFirstStepSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        fun refused(model: Model, recipe: Recipe, run: Path = tempdir().toPath()): String? {
            val message = shouldThrow<ProblemsException> { train(model, recipe, base, run) }.message
            Checkpoint.find(run).shouldBeEmpty()
            return message
        }

        fun rhyme(describe: RecipeScope.() -> Unit) =
            recipe(text("rhyme.txt", context = 8), steps = 2, describe = describe)

        fun translator(positions: Int): Model =
            model("nmt", width = 8) {
                val source by tokens(vocab = 20) { learnedPositions(positions) }
                val target by tokens(vocab = 20) { learnedPositions(positions) }
                val encoder by
                    stack(source, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val decoder by
                    stack(target, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                    }
                val next by logits(decoder)
            }

        test("a sample's prompt with a letter that the data has not") {
            refused(smallDecoder(), rhyme { sample("a cat, sat on a mast on a mat", tokens = 5) }) shouldBe
                """
                sample("a cat, sat on a mast..."):1:6: ',' (U+002C) is not in the vocabulary
                  vocabulary = 9 characters: \n acmnost
                  Leave the character out, write it with characters of the vocabulary, or train on text that has it.
                """
                    .trimIndent()
        }

        test("data of more tokens than the model knows") {
            val narrow =
                model("narrow", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { causal() }
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = text)
                }
            refused(narrow, smallRecipe(2)) shouldBe
                """
                text: the model knows fewer tokens than its data has
                  vocab = 5
                  tokens of the data = 9
                  Say tokens(vocab = 9), or choose another tokenizer.
                """
                    .trimIndent()
        }

        test("a sample's prompt of nothing") {
            refused(smallDecoder(), rhyme { sample("", tokens = 5) }) shouldBe
                "sample(\"\"): the prompt is empty\n" + "  Give the model something to go on with, such as \"The \"."
        }

        test("a sample that shall begin with a word that the data has not") {
            base.resolve("c.src").writeText("1 2\n")
            base.resolve("c.trg").writeText("2 1\n")
            val files = files("c.src", "c.trg")
            val data = pairs(files, files, Tokenization.Words(1), maximumLength = 3)
            val ruled = Decoding.Restricted(Decoding.Greedy, listOf(DecodingRule.Beginning("2 hello")))
            val recipe = recipe(data, steps = 2) { sample("1 2", tokens = 5, ruled) }
            refused(translator(positions = 4), recipe) shouldBe
                """
                decoding: "hello" shall be written, and is not in the vocabulary
                  beginning = "2 hello"
                  tokens of the vocabulary = 6
                  Say it by words that the training's data has, spelled as there.
                """
                    .trimIndent()
        }

        test("held-out pairs that are longer than the model has positions") {
            base.resolve("a.src").writeText("1 2\n")
            base.resolve("a.trg").writeText("2 1\n")
            base.resolve("b.src").writeText("1\n1 2 1 2\n2\n")
            base.resolve("b.trg").writeText("1\n2 1\n2 1 2 1 2\n")
            val data = pairs(files("a.src", "a.trg"), files("b.src", "b.trg"), Tokenization.Words(1), maximumLength = 3)
            refused(translator(positions = 4), recipe(data, steps = 2)) shouldBe
                """
                $base/b.src:2: the source is longer than the model has positions
                  tokens = 5, with its begin or end token
                  positions of source = 4
                  Shorten it or leave it out, or say learnedPositions(5).

                $base/b.trg:3: the target is longer than the model has positions
                  tokens = 6, with its begin or end token
                  positions of target = 4
                  Shorten it or leave it out, or say learnedPositions(6).
                """
                    .trimIndent()
        }

        test("a folder that another training has") {
            val run = tempdir().toPath()
            FolderLock.take(run, "training").use {
                refused(smallDecoder(), smallRecipe(2), run) shouldBe
                    "$run: another heddle (process ${ProcessHandle.current().pid()}) is training here\n" +
                        "  Wait until it has come to its end, or choose another folder with --out."
            }
            train(smallDecoder(), smallRecipe(2), base, run).steps() shouldBe 2
        }

        test("a folder whose name a file has") {
            val file = base.resolve("taken").also { it.writeText("") }
            refused(smallDecoder(), smallRecipe(2), file) shouldBe
                "$file: a file stands where a folder is to be written\n  Move it away, or choose another name."
        }

        test("weights that no machine has the memory for") {
            val giant = smallDecoder(width = 1 shl 22)
            val message = refused(giant, smallRecipe(2)).orEmpty().lines()
            message.first() shouldBe
                "memory: there is not enough for 211,106,379,333,632 numbers, one for each weight of the model"
            message[1] shouldBe "  wanted = 768.0 TiB"
            message.last() shouldBe "  Try a narrower model, one of fewer layers, or a smaller vocabulary."
        }
    })
