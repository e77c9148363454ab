package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch

/** Labels are learned, and measured, from the command line. */
class EvaluateLabelsSpec :
    StringSpec({
        val desk = autoClose(Desk())
        val films = "fine fine film\tgood\nbad film\tbad\n".repeat(20)
        desk.file("train.tsv", films)
        desk.file("dev.tsv", "fine film\tgood\nbad bad film\tbad\nfine\tgood\n")
        desk.file("words.tsv", "the\tO\nbig\tB-x\ndog\tI-x\n\n".repeat(20))

        fun script(name: String, pooling: String, classes: Int, data: String, more: String = "") =
            """
            val $name = model("$name", width = 8) {
                val text by tokens(vocab = 9)
                val encoder by stack(text, layers = 1) {
                    attention(heads = 2)
                    addNorm()
                }
                val label by classify(encoder, $pooling, classes = $classes)
            }
            val training = recipe($data, steps = 40) {
                batch(8)
                optimizer = AdamW(learningRate = 2e-2)
                evaluate(every = 20)
                $more
            }
            """
                .trimIndent()
        desk.file(
            "films.model.kts",
            script("films", "Mean", 2, "labelledTexts(\"train.tsv\", \"dev.tsv\", listOf(\"bad\", \"good\"))"),
        )
        val tags = "listOf(\"O\", \"B-x\", \"I-x\")"
        desk.file(
            "dogs.model.kts",
            script("dogs", "Each", 3, "taggedWords(\"words.tsv\", \"words.tsv\", $tags)", "entities()"),
        )

        "training tells accuracy, and evaluate measures another file" {
            val trained = desk.heddle("train", "films.model.kts", "--out", "./films")
            trained.out shouldMatch
                Regex(
                    """
                    films: 394 parameters, 40 steps
                    40 texts to learn from, 3 held out, 7 different tokens
                    step  0   validation loss \d\.\d{3}   accuracy \d+\.\d %
                    step 20   validation loss \d\.\d{3}   accuracy \d+\.\d %
                    step 40   validation loss \d\.\d{3}   accuracy 100.0 %
                    validation loss \d\.\d{3}, accuracy 100.0 %, after 40 steps in \d+\.\d s

                    """
                        .trimIndent()
                )
            desk.heddle("evaluate", "./films", "--data", "train.tsv").out shouldMatch
                Regex("labels {20}40\nloss per label {12}\\d\\.\\d{6}\naccuracy {18}100\\.00 %\n")
        }

        "entities are told where they are asked for" {
            desk.heddle("train", "dogs.model.kts", "--out", "./dogs").out.lines().dropLast(1).last() shouldMatch
                Regex(
                    "validation loss .*, accuracy 100\\.0 %, precision 100\\.0 %, recall 100\\.0 %, " +
                        "F1 100\\.0 %, after .*"
                )
            desk.heddle("evaluate", "./dogs", "--data", "words.tsv").out shouldMatch
                Regex(
                    "labels {20}60\nloss per label {12}\\d\\.\\d{6}\naccuracy {18}100\\.00 %\n" +
                        "precision {17}100\\.00 %\nrecall {20}100\\.00 %\nF1 {24}100\\.00 %\n"
                )
        }

        "hidden words are filled in" {
            desk.file("letters.txt", "abcd".repeat(100))
            desk.file(
                "hidden.model.kts",
                """
                val hidden = model("hidden", width = 8) {
                    val text by tokens(vocab = 5) { learnedPositions(8) }
                    val encoder by stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                    val word by logits(encoder, tiedTo = text)
                }
                val training = recipe(maskedText("letters.txt", context = 8), steps = 4) { batch(4) }
                """
                    .trimIndent(),
            )
            desk.heddle("train", "hidden.model.kts", "--out", "./hidden").out.lines()[1] shouldBe
                "360 tokens to learn from, 40 held out, 4 different ones and the mask"
            desk.heddle("evaluate", "./hidden", "--text", "letters.txt").out shouldMatch
                Regex(
                    "windows of tokens {9}8\nlabels {20}\\d+\nloss per label {12}\\d\\.\\d{6}\n" +
                        "accuracy {18}\\d+\\.\\d\\d %\n"
                )
        }

        "labels are for models that learned some" {
            desk.file("tiny.model.kts", "$tiny\nval training = recipe(text(\"abc.txt\", context = 4), steps = 1)")
            desk.file("abc.txt", "abcd\n".repeat(50))
            desk.heddle("train", "tiny.model.kts", "--out", "./tiny")
            desk.heddle("evaluate", "./tiny", "--data", "dev.tsv") shouldBe
                Ran(
                    1,
                    "",
                    """
                    tiny: its recipe is not for labels
                      --data is for models that were trained with labelledTexts(...), taggedWords(...) or pictures(...).

                    """
                        .trimIndent(),
                )
        }

        "a file that is missing is told with what is expected in it" {
            desk.file(
                "lost.model.kts",
                script("lost", "Mean", 2, "labelledTexts(\"lost.tsv\", \"dev.tsv\", listOf(\"bad\", \"good\"))"),
            )
            desk.heddle("train", "lost.model.kts", "--out", "./lost") shouldBe
                Ran(
                    1,
                    "",
                    """
                    lost.tsv: there is no such file
                      It was looked for at lost.tsv.
                      Put one there with a text and its class in each line.
                      docs/howto/TASKS.md says where the files of the samples are found.

                    """
                        .trimIndent(),
                )
        }
    })
