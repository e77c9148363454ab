package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Files
import kotlin.io.path.div
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** A model writes with a draft, and answers whole files. */
class GenerateManySpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        desk.file(
            "tiny.model.kts",
            "$tiny\nval training = recipe(text(\"letters.txt\", context = 4), steps = 4) { batch(2) }\n",
        )
        desk.file("others.txt", "abce\n".repeat(200))
        desk.file("other.model.kts", desk.folder.resolve("tiny.model.kts").readText().replace("letters", "others"))
        desk.file(
            "back.model.kts",
            """
            val back = model("back", width = 8) {
                val source by tokens(vocab = 9) { learnedPositions(10) }
                val target by tokens(tiedTo = source)
                val encoder by stack(source, layers = 1) { attention(heads = 2); addNorm() }
                val decoder by stack(target, layers = 1) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                }
                val next by logits(decoder, tiedTo = target)
            }
            val numbers = reverseTask(pairs = 50, validationPairs = 4, maximumLength = 4, symbols = 5)
            val training = recipe(numbers, steps = 2)
            """
                .trimIndent(),
        )
        for (name in listOf("tiny", "other", "back")) {
            desk.heddle("train", "$name.model.kts", "--out", "./$name").status shouldBe 0
        }

        fun wrong(message: String) = Ran(2, "", "heddle: $message\n  See heddle generate --help.\n")

        "a draft tells how it has done, and changes no greedy text" {
            val alone = desk.heddle("generate", "./tiny", "--prompt", "ab", "--tokens", "12", "--greedy")
            val said = arrayOf("--prompt", "ab", "--tokens", "12", "--greedy", "--draft", "./tiny")
            val drafted = desk.heddle("generate", "./tiny", *said, "--draft-words", "3")
            drafted.out shouldBe alone.out
            drafted.err shouldMatch
                Regex("The draft: \\d+\\.\\d % of \\d+ tokens accepted, \\d\\.\\d\\d tokens a pass\\.\n")
            val answer = arrayOf("--prompt", "1 2 3", "--tokens", "5", "--seed", "1")
            desk.heddle("generate", "./back", "--draft", "./back", *answer).status shouldBe 0
        }

        "the speed is told where it is asked for" {
            val ran = desk.heddle("generate", "./tiny", "--prompt", "ab", "--tokens", "12", "--speed")
            ran.err shouldMatch
                Regex("12 tokens in \\d+\\.\\d\\d s: [\\d,]+ in a second, [\\d,]+ in the second half\\.\n")
        }

        "a draft with other tokens is told" {
            desk.heddle("generate", "./tiny", "--prompt", "ab", "--draft", "./other") shouldBe
                Ran(
                    1,
                    "",
                    """
                    draft: it has another vocabulary of what is written
                      tokens of the draft = 5
                      tokens of the model = 5
                      first that differs = 4, which is "e" to the draft and "d" to the model
                      Train the draft on the data of the model, so that both have the same tokens.

                    """
                        .trimIndent(),
                )
        }

        "contrastive search, coverage and required words" {
            val text = desk.heddle("generate", "./tiny", "--prompt", "ab", "--tokens", "2", "--contrastive", "3")
            text.status shouldBe 0
            text.out.length shouldBe 5
            val covering = arrayOf("--beam", "3", "--coverage", "decoder/0/crossAttention", "--coverage-weight=0.5")
            desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "5", *covering).status shouldBe 0
            val required = arrayOf("--beam", "3", "--require", "4 2", "--require", "0")
            val answer = desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "9", *required)
            answer.out shouldContain "4 2"
            answer.out shouldContain "0"
        }

        "a text that nobody knows is told by the option that said it" {
            val unknown = arrayOf("--beam", "3", "--begin", "4 five", "--require", "six")
            desk.heddle("generate", "./back", "--prompt", "1 2 3", *unknown) shouldBe
                Ran(
                    1,
                    "",
                    """
                    decoding: "five" shall be written, and is not in the vocabulary
                      --begin = "4 five"
                      tokens of the vocabulary = 9
                      Say it by words that the training's data has, spelled as there.

                    decoding: "six" shall be written, and is not in the vocabulary
                      --require = "six"
                      tokens of the vocabulary = 9
                      Say it by words that the training's data has, spelled as there.

                    """
                        .trimIndent(),
                )
            desk.heddle("generate", "./tiny", "--prompt", "ab", "--begin", "ax").err shouldBe
                """
                --begin:1:2: 'x' (U+0078) is not in the vocabulary
                  vocabulary = 5 characters: \nabcd
                  Leave the character out, write it with characters of the vocabulary, or train on text that has it.

                """
                    .trimIndent()
        }

        "a file is answered line by line, as each line is alone" {
            desk.file("some.src", "1 2 3\n4 0\n2 2 2 1\n3\n")
            for (way in listOf("--greedy", "--beam=3", "--contrastive=2")) {
                val told = desk.heddle("generate", "./back", "--sources", "some.src", "--to", "some.out", way)
                told shouldBe Ran(0, "some.out: 4 lines\n", "")
                desk.folder.resolve("some.out").readLines() shouldBe
                    listOf("1 2 3", "4 0", "2 2 2 1", "3").map { source ->
                        desk.heddle("generate", "./back", "--prompt", source, "--tokens", "66", way).out.trim('\n')
                    }
            }
        }

        "all lines that cannot be answered are told, and nothing is written" {
            desk.file("wrong.src", "1 2\n\n1 2 3 4 0 1 2 3 4 0 1\n")
            desk.heddle("generate", "./back", "--sources", "wrong.src", "--to", "wrong.out", "--greedy") shouldBe
                Ran(
                    1,
                    "",
                    """
                    wrong.src:2: the prompt is empty
                      Give the model something to answer: a source like those that it was trained on.

                    wrong.src:3: the prompt is longer than the model has positions
                      tokens = 12, the end token included
                      positions of source = 10
                      Give a shorter one.

                    """
                        .trimIndent(),
                )
            desk.folder.resolve("wrong.out").exists() shouldBe false
        }

        "sources are not replaced by their answers, whatever the file is called" {
            desk.file("kept.src", "1 2 3\n")
            Files.createSymbolicLink(desk.folder / "link.src", desk.folder / "kept.src")
            for (other in listOf("kept.src", "link.src", "./../${desk.folder.fileName}/kept.src")) {
                val ran = desk.heddle("generate", "./back", "--sources", "kept.src", "--to", other, "--greedy")
                val told = other.substringAfterLast("/")
                ran shouldBe wrong("--to $told is the file of --sources, which it would replace: name another one.")
            }
            (desk.folder / "kept.src").readText() shouldBe "1 2 3\n"
        }

        "whoever interrupts it keeps what was written until then" {
            val lines = "a\nb\nc\n"
            val ended = desk.interrupted("generate", "./tiny", "--prompt", lines, "--tokens", "100000000", "--seed=1")
            ended.status shouldBe 130
            ended.err shouldBe "Ended by Ctrl-C: this is what was written until then.\n"
            ended.out shouldStartWith lines
        }

        "options that do not belong together" {
            for ((said, told) in
                mapOf(
                    listOf("--prompt", "a", "--sources", "b") to
                        "--sources is answered by itself: leave --prompt and --sound out.",
                    listOf("--sources", "some.src") to "--sources FILE and --to FILE belong together.",
                    listOf("--sources", "a", "--to", "b", "--beam", "2", "--best", "2") to
                        "--best is for --prompt: each source has one answer.",
                    listOf("--sources", "a", "--to", "b", "--draft", "c") to
                        "--draft is for --prompt: sources are answered side by side.",
                    listOf("--prompt", "a", "--draft-words", "3") to "--draft-words is for --draft.",
                    listOf("--prompt", "a", "--draft", "c", "--beam", "2") to "--draft is for drawing or --greedy.",
                    listOf("--prompt", "a", "--draft", "c", "--contrastive", "2") to
                        "--draft is for drawing or --greedy.",
                    listOf("--prompt", "a", "--beam", "2", "--best", "2", "--speed") to
                        "--speed is for one text, and --best for several.",
                    listOf("--sources", "some.src", "--to", "b") to
                        "--sources is for models that read a source: say --prompt TEXT.",
                )) desk.heddle("generate", "./tiny", *said.toTypedArray()) shouldBe wrong(told)
        }
    })
