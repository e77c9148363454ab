package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** What was trained writes, and is measured. */
class GenerateVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        desk.file(
            "tiny.model.kts",
            "$tiny\nval training = recipe(text(\"letters.txt\", context = 4), steps = 4) { batch(2) }\n",
        )
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
            val training = recipe(reverseTask(pairs = 50, validationPairs = 4, maximumLength = 4, symbols = 5), steps = 2)
            """
                .trimIndent(),
        )
        desk.heddle("train", "tiny.model.kts", "--out", "./run").status shouldBe 0
        desk.heddle("train", "back.model.kts", "--out", "./back").status shouldBe 0
        desk.file(
            "short.model.kts",
            desk.folder
                .resolve("back.model.kts")
                .readText()
                .replace("tokens(vocab = 9)", "tokens(vocab = 9) { learnedPositions(10) }")
                .replace("tokens(tiedTo = source)", "tokens(tiedTo = source) { learnedPositions(10) }")
                .replace("steps = 2)", "steps = 2) { bleu(BleuTokenization.None) }"),
        )
        desk.heddle("train", "short.model.kts", "--out", "./short").status shouldBe 0
        desk.file(
            "padded.model.kts",
            desk.folder
                .resolve("tiny.model.kts")
                .readText()
                .replace("vocab = 5", "vocab = 64")
                .replace("{ batch(2) }", "{ batch(2); sample(\"ab\", tokens = 20) }"),
        )
        desk.heddle("train", "padded.model.kts", "--out", "./padded").status shouldBe 0

        val severalWays =
            "choose one: drawing (--temperature, --top-k, --top-p, --min-p, --typical), --greedy, --beam, " +
                "--contrastive, or --passes and --lengths."

        fun wrong(message: String, verb: String) = Ran(2, "", "heddle: $message\n  See heddle $verb --help.\n")

        "a text is gone on with, alike for the same seed" {
            val once = desk.heddle("generate", "./run", "--prompt", "ab", "--tokens", "12", "--seed", "3")
            once.status shouldBe 0
            once.out shouldStartWith "ab"
            once.out.length shouldBe 2 + 12 + 1
            desk.heddle("generate", "./run", "--prompt", "ab", "--tokens", "12", "--seed", "3") shouldBe once
        }

        "weights may be kept in bfloat16, by the backend that reads them" {
            val greedy = arrayOf("--tokens", "12", "--greedy", "--weights", "bf16")
            val rounded = desk.heddle("generate", "./run", "--prompt", "ab", *greedy)
            rounded.status shouldBe 0
            rounded.out.length shouldBe 2 + 12 + 1
            desk.heddle("generate", "./back", "--prompt", "1 2 3", *greedy).status shouldBe 0
            desk.heddle("generate", "./run", "--prompt", "ab", "--backend", "portable", *greedy) shouldBe
                wrong("--weights bf16 is for --backend cpu: portable reads floats.", "generate")
            desk.heddle("generate", "./run", "--prompt", "ab", "--weights", "int8").status shouldBe 2
        }

        "a source is answered, by the likeliest tokens or the likeliest text" {
            desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "5", "--greedy").status shouldBe 0
            desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "5", "--beam", "2").status shouldBe 0
        }

        "the best texts of a beam are shown with their scores, in groups or in one" {
            val shown = Regex("(-\\d+\\.\\d{4}  [0-9 ]*\n){3}")
            for (way in listOf(listOf("--beam", "4"), listOf("--beam", "4", "--groups", "2", "--diversity", "1"))) {
                val said = arrayOf("--prompt", "1 2 3", "--tokens", "4", "--best", "3") + way
                desk.heddle("generate", "./back", *said).out shouldMatch shown
            }
        }

        "rules hold in every way of decoding" {
            for (way in listOf("--greedy", "--beam=3", "--min-p=0.1", "--typical=0.9", "--contrastive=3")) {
                val ruled = arrayOf("--begin", "cab", "--stop", "ab", "--repetition-penalty=1.1", way)
                desk.heddle("generate", "./run", "--prompt", "ab", *ruled) shouldBe Ran(0, "abcab\n", "")
                val written =
                    desk.heddle("generate", "./run", "--prompt", "d", "--tokens", "4", "--no-repeat", "1", way)
                written.out.dropLast(1).toSet().size shouldBe 5
            }
        }

        "a text is measured" {
            desk.heddle("evaluate", "./run", "--text", "letters.txt").out shouldMatch
                Regex(
                    """
                    windows of tokens         4
                    tokens                    999
                    log-likelihood            -\d+\.\d{4}
                    log-likelihood per token  -\d\.\d{6}
                    perplexity                \d+\.\d{4}

                    """
                        .trimIndent()
                )
        }

        "a text is measured in windows of another length" {
            desk.heddle("evaluate", "./run", "--text", "letters.txt", "--context", "9").out shouldStartWith
                "windows of tokens         9\ntokens                    999\n"
            desk.heddle("evaluate", "./back", "--pairs", "a.tsv", "--context", "9") shouldBe
                wrong("--context is for --text.", "evaluate")
        }

        "a text of one token" {
            desk.file("one.txt", "a")
            desk.heddle("evaluate", "./run", "--text", "one.txt") shouldBe
                Ran(
                    1,
                    "",
                    "one.txt: there is nothing to foretell\n  tokens = 1\n" +
                        "  Give a text of two tokens or more: the first is only read.\n",
                )
        }

        "pairs in one file, by the recipe's way of cutting words" {
            desk.file("one.tsv", "1 2 3\t3 2 1\n4 0\t0 4\n")
            desk.heddle("evaluate", "./short", "--pairs", "one.tsv").out shouldMatch
                Regex(
                    """
                    tokens                    7
                    log-likelihood            -\d+\.\d{4}
                    log-likelihood per token  -\d\.\d{6}
                    perplexity                \d+\.\d{4}
                    BLEU tok:none             \d+\.\d\d

                    """
                        .trimIndent()
                )
        }

        "pairs are measured" {
            desk.file("a.src", "1 2 3\n4 0\n")
            desk.file("a.trg", "3 2 1\n0 4\n")
            desk.heddle("evaluate", "./back", "--source", "a.src", "--target", "a.trg").out shouldMatch
                Regex(
                    """
                    tokens                    7
                    log-likelihood            -\d+\.\d{4}
                    log-likelihood per token  -\d\.\d{6}
                    perplexity                \d+\.\d{4}
                    BLEU tok:13a              \d+\.\d\d

                    """
                        .trimIndent()
                )
        }

        "a character that the model does not know" {
            desk.heddle("generate", "./run", "--prompt", "abx") shouldBe
                Ran(
                    1,
                    "",
                    """
                    --prompt:1:3: 'x' (U+0078) is not in the vocabulary
                      vocabulary = 5 characters: \nabcd
                      Leave the character out, write it with characters of the vocabulary, or train on text that has it.

                    """
                        .trimIndent(),
                )
        }

        "a folder without a training" {
            desk.heddle("generate", "./nothing", "--prompt", "a") shouldBe
                Ran(1, "", "nothing: there is no such folder\n  Name the folder that heddle train wrote with --out.\n")
        }

        "a file, or the checkpoint itself, in place of a training's folder" {
            desk.heddle("generate", "letters.txt", "--prompt", "a") shouldBe
                Ran(
                    1,
                    "",
                    "letters.txt: this is a file, and a folder is needed\n" +
                        "  Name the folder that heddle train wrote with --out.\n",
                )
            desk.heddle("generate", "./run/checkpoint", "--prompt", "a") shouldBe
                Ran(1, "", "run/checkpoint: this is the checkpoint itself\n  Name the folder around it: run\n")
        }

        "a checkpoint whose model was damaged" {
            desk.heddle("train", "tiny.model.kts", "--out", "./torn").status shouldBe 0
            desk.file("torn/checkpoint/model.json", "{")
            desk.heddle("generate", "./torn", "--prompt", "a").err.lines().first() shouldBe
                "torn/checkpoint/model.json:1:2: the document ends too early"
        }

        "prompts of nothing" {
            desk.heddle("generate", "./run", "--prompt", "") shouldBe
                Ran(
                    1,
                    "",
                    "--prompt: the prompt is empty\n  Give the model something to go on with, such as \"The \".\n",
                )
            desk.heddle("generate", "./back", "--prompt", " ") shouldBe
                Ran(
                    1,
                    "",
                    "--prompt: the prompt is empty\n" +
                        "  Give the model something to answer: a source like those that it was trained on.\n",
                )
        }

        "an answer that runs out of positions" {
            for (way in listOf(listOf("--greedy"), listOf("--beam", "2"))) {
                val ran =
                    desk.heddle("generate", "./short", "--prompt", "1 2 3", "--tokens", "100", *way.toTypedArray())
                ran.status shouldBe 0
                ran.err shouldBe "It ends there because target has 10 learned positions, and all are taken.\n"
            }
            desk.heddle("generate", "./short", "--prompt", "1 2 3 4 0 1 2 3 4 0 1") shouldBe
                Ran(
                    1,
                    "",
                    """
                    --prompt: the prompt is longer than the model has positions
                      tokens = 12, the end token included
                      positions of source = 10
                      Give a shorter one.

                    """
                        .trimIndent(),
                )
        }

        "a model with room for more tokens than its text has writes none of those that it has not" {
            val plain = desk.heddle("generate", "./padded", "--prompt", "ab", "--tokens", "40", "--seed", "1")
            plain.status shouldBe 0
            plain.out.trim('\n').all { it in "abcd\n" } shouldBe true
            for (way in listOf("--greedy", "--beam=3")) {
                desk.heddle("generate", "./padded", "--prompt", "ab", "--tokens", "9", way).status shouldBe 0
            }
        }

        "options that contradict each other, or the model" {
            desk.heddle("generate", "./run", "--prompt", "a", "--greedy", "--beam", "2") shouldBe
                wrong(severalWays, "generate")
            for ((said, told) in
                mapOf(
                    listOf("--beam", "4", "--temperature", "2") to severalWays,
                    listOf("--contrastive", "4", "--greedy") to severalWays,
                    listOf("--beam", "4", "--groups", "3") to "--beam 4 cannot be shared by --groups 3.",
                    listOf("--groups", "3") to "--groups is for --beam.",
                    listOf("--beam", "4", "--diversity", "3") to "--diversity is for --groups.",
                    listOf("--best", "2") to "--best is for --beam.",
                    listOf("--beam", "2", "--best", "3") to "--best 3 is more than --beam 2.",
                    listOf("--min-p", "1") to "--min-p must be at least 0 and below 1.",
                    listOf("--typical", "0") to "--typical must be above 0 and at most 1.",
                    listOf("--repetition-penalty", "0") to "--repetition-penalty must be above 0.",
                    listOf("--stop", "") to "--stop needs a text.",
                    listOf("--coverage", "decoder/0/crossAttention") to "--coverage is for --beam.",
                    listOf("--beam", "4", "--groups", "2", "--coverage", "a") to
                        "--coverage is for a beam without --groups.",
                    listOf("--coverage-weight", "1") to "--coverage-weight is for --coverage.",
                    listOf("--beam", "4", "--coverage", "a", "--coverage-weight=-1") to
                        "--coverage-weight must be 0 or more.",
                    listOf("--require", "a") to "--require is for --beam.",
                    listOf("--degeneration-penalty", "1") to "--degeneration-penalty is for --contrastive.",
                    listOf("--contrastive", "4", "--degeneration-penalty", "2") to
                        "--degeneration-penalty must be at least 0 and at most 1.",
                )) desk.heddle("generate", "./run", "--prompt", "a", *said.toTypedArray()) shouldBe
                wrong(told, "generate")
            desk.heddle("generate", "./run", "--prompt", "a", "--length-penalty", "2") shouldBe
                wrong("--length-penalty is for --beam.", "generate")
            for (penalty in listOf("NaN", "-1")) desk.heddle(
                "generate",
                "./run",
                "--prompt",
                "a",
                "--beam",
                "2",
                "--length-penalty=$penalty",
            ) shouldBe wrong("--length-penalty must be 0 or more.", "generate")
            desk.heddle("generate", "./run", "--prompt", "a", "--backend", "gpu") shouldBe
                wrong("--backend: 'gpu' is neither cpu nor portable.", "generate")
            desk.heddle("generate", "./run") shouldBe
                wrong(
                    "--prompt is missing: --prompt TEXT, or --sources FILE for a model that reads a source.",
                    "generate",
                )
            desk.heddle("evaluate", "./run") shouldBe
                wrong(
                    "say what to measure on: --held-out FOLDER, --text FILE, --source FILE and --target FILE, " +
                        "--pairs FILE, or --data FILE.",
                    "evaluate",
                )
            desk.heddle("evaluate", "./back", "--text", "letters.txt") shouldBe
                wrong("this model reads a source: say --source FILE and --target FILE, or --pairs FILE.", "evaluate")
        }
    })
