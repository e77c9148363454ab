package io.heddle.specs.cli

import io.heddle.specs.huggingface.huggingFaceFolder
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import kotlin.io.path.div
import kotlin.io.path.readLines

/** What is measured is chosen by name: of any two files, of what a model writes, and of what it labels. */
class EvaluateMetricsSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("said.txt", "the cat sat on the mat\na dog\nd e f g h a b c\n")
        desk.file("real.txt", "the cat sat on the mat\na dog\na b c d e f g h\n")
        desk.file(
            "back.model.kts",
            """
            val back = model("back", width = 8) {
                val source by tokens(vocab = 9)
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
            val training = recipe(reverseTask(pairs = 50, validationPairs = 4, maximumLength = 4, symbols = 5), steps = 2) {
                evaluate(every = 1)
                chrF()
                translationEditRate()
                rouge()
                characterErrorRate()
                exactMatch()
            }
            """
                .trimIndent(),
        )
        val trained = desk.heddle("train", "back.model.kts", "--out", "./back")

        fun wrong(message: String) = Ran(2, "", "heddle: $message\n  See heddle evaluate --help.\n")

        fun lines(vararg more: String) =
            desk.heddle("evaluate", "--hypotheses", "said.txt", "--references", "real.txt", *more)

        "two files are compared by BLEU, chrF and TER, if nothing is said" {
            // Of 16 words one row moved, which is one edit.
            lines().out shouldMatch
                Regex("BLEU tok:13a {14}\\d\\d\\.\\d\\d\nchrF {22}\\d\\d\\.\\d\\d\nTER {23}6\\.25\n")
        }

        "each measure has a name, whose case does not count" {
            lines("--metrics", "Exact-Match,wer,rouge-1") shouldBe
                Ran(
                    0,
                    "exact match               66.67 %\nWER                       37.50 %\n" +
                        "ROUGE-1                   100.00\n",
                    "",
                )
        }

        "labels and boxes are lines, too" {
            desk.file("tags.said", "B-a I-a O\nB-b\n")
            desk.file("tags.real", "B-a I-a O\nB-a\n")
            desk.heddle(
                "evaluate",
                "--hypotheses",
                "tags.said",
                "--references",
                "tags.real",
                "--metrics",
                "accuracy,f1",
            ) shouldBe Ran(0, "accuracy                  75.00 %\nF1                        50.00 %\n", "")
            desk.file("boxes.said", "cat 0.9 0 0 10 10\n")
            desk.file("boxes.real", "cat 0 0 10 10\n")
            desk.heddle(
                "evaluate",
                "--hypotheses",
                "boxes.said",
                "--references",
                "boxes.real",
                "--metrics",
                "map,map50",
            ) shouldBe Ran(0, "mAP                       100.00 %\nmAP50                     100.00 %\n", "")
        }

        "a recipe's measures are told while it trains, recorded, and measured again by name" {
            trained.status shouldBe 0
            trained.out shouldContain
                Regex("step 2 {3}validation loss .* {3}chrF .* {3}TER .* {3}ROUGE-1 .* {3}CER .* % {3}exact match .* %")
            val rows = (desk.folder / "back" / "metrics.csv").readLines()
            rows.first() shouldContain
                "bleu,chrF,chrFWithWords,translationEditRate,rouge1,rouge2,rougeL,wordErrorRate," +
                    "characterErrorRate,exactMatch"
            val told = Regex("chrF (\\d+\\.\\d)").findAll(trained.out).last().groupValues[1].toDouble()
            val again = desk.heddle("evaluate", "./back", "--held-out", "./", "--metrics", "chrf,ter,wer")
            again.status shouldBe 0
            val chrF = checkNotNull(Regex("chrF {22}(\\d+\\.\\d\\d)").find(again.out)).groupValues[1].toDouble()
            (chrF - told in -0.06..0.06) shouldBe true
            again.out shouldMatch
                Regex(
                    "tokens .*\nlog-likelihood .*\nlog-likelihood per token .*\nperplexity .*\n" +
                        "chrF .*\nTER .*\nWER .* %\n"
                )
            val usual = desk.heddle("evaluate", "./back", "--held-out", "./")
            Regex("(?m)^[A-Za-z]+(?: match|-[12L])?(?= {4})").findAll(usual.out).map { it.value }.toList() shouldBe
                listOf("tokens", "perplexity", "chrF", "TER", "ROUGE-1", "ROUGE-2", "ROUGE-L", "CER", "exact match")
        }

        "a name that is none, or that does not fit, is told with those that do" {
            lines("--metrics", "bleu,blue") shouldBe
                wrong(
                    "--metrics: 'blue' is no measure; there are bleu, chrf, chrf++, ter, rouge-1, rouge-2, rouge-l, " +
                        "wer, cer, exact-match, accuracy, precision, recall, f1, map, map50."
                )
            desk.heddle("evaluate", "./back", "--held-out", "./", "--metrics", "accuracy") shouldBe
                wrong(
                    "accuracy is not for what this model writes. There are bleu, chrf, chrf++, ter, rouge-1, " +
                        "rouge-2, rouge-l, wer, cer, exact-match."
                )
        }

        "a text to go on with has no targets, and hidden words are labels" {
            desk.file("abc.txt", "abcd\n".repeat(50))
            desk.file("tiny.model.kts", "$tiny\nval training = recipe(text(\"abc.txt\", context = 4), steps = 1)")
            desk.heddle("train", "tiny.model.kts", "--out", "./tiny").status shouldBe 0
            val message = "a text to go on with has no other measures: leave --metrics out."
            desk.heddle("evaluate", "./tiny", "--text", "abc.txt", "--metrics", "bleu") shouldBe wrong(message)
            desk.heddle("evaluate", "./tiny", "--held-out", "./", "--metrics", "bleu") shouldBe wrong(message)
            desk.heddle("evaluate", "./tiny", "--held-out", "./").out shouldMatch
                Regex("tokens .*\nlog-likelihood .*\nlog-likelihood per token .*\nperplexity .*\n")
        }

        "files of unequal numbers of lines" {
            desk.file("short.txt", "the cat\n")
            desk.heddle(
                "evaluate",
                "--hypotheses",
                "short.txt",
                "--references",
                "real.txt",
                "--metrics",
                "ter",
            ) shouldBe
                Ran(
                    1,
                    "",
                    """
                    TER: there are not as many references as hypotheses
                      hypotheses = 1
                      references = 3
                      Give one line of references for each line that was generated, empty lines included.

                    """
                        .trimIndent(),
                )
        }

        "options that contradict each other" {
            desk.heddle("evaluate", "--hypotheses", "said.txt") shouldBe
                wrong("--hypotheses FILE and --references FILE belong together.")
            lines("./back") shouldBe
                wrong("--hypotheses and --references are measured by themselves: leave DIR and its data out.")
            desk.heddle("evaluate", "--metrics", "bleu") shouldBe
                wrong("DIR is missing: name a training's folder, or --hypotheses and --references.")
            desk.heddle("evaluate", "./back", "--held-out", "./", "--pairs", "a.tsv") shouldBe
                wrong("--held-out is measured by itself: leave other data out.")
        }

        "whatever says how to write is not for lines that are written already" {
            for ((said, names) in
                mapOf(
                    listOf("--beam", "5") to "--beam is",
                    listOf("--beam", "5", "--speed", "--scorer", "./no", "--passes", "3") to
                        "--beam, --speed, --scorer, --passes are",
                    listOf("--warmup", "2") to "--warmup is",
                    listOf("--length-penalty", "2") to "--length-penalty is",
                    listOf("--weights", "bf16") to "--weights is",
                    listOf("--threads", "1", "--backend", "cpu") to "--threads, --backend are",
                )) lines(*said.toTypedArray()) shouldBe
                wrong("$names for a model that writes: --hypotheses are written already.")
        }

        "whatever says how to write is not for what writes nothing" {
            val message = "--beam and the like are for --source and --target, or --pairs: nothing else is written."
            for (what in listOf("--held-out", "--data", "--text")) for (option in
                listOf("--length-penalty=2", "--groups=2", "--diversity=1", "--coverage=a", "--scorer=./no")) {
                desk.heddle("evaluate", "./back", what, "./", option) shouldBe wrong(message)
            }
            desk.heddle("evaluate", "./back", "--data", "./", "--context", "3", "--labels", "./") shouldBe
                wrong("--context is for --text.")
        }

        "what was imported held nothing out" {
            huggingFaceFolder("gpt2_lm", desk.folder / "gpt2_lm")
            desk.heddle("import", "./gpt2_lm", "--out", "./gpt2").status shouldBe 0
            desk.heddle("evaluate", "./gpt2", "--held-out", "./") shouldBe
                Ran(
                    1,
                    "",
                    """
                    gpt2: it was imported, and has no data of its own
                      --held-out is for models that were trained here. Say what to measure on, with --text FILE.

                    """
                        .trimIndent(),
                )
        }
    })
