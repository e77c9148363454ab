package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith

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

        fun wrong(message: String, verb: String) = Ran(2, "", "heddle: $message\n  See heddle $verb --help.\n")

        "a text is gone on with, alike for the same seed" {
            val once = desk.heddle("generate", "./run", "--prompt", "ab", "--tokens", "12", "--seed", "3")
            once.status shouldBe 0
            once.out shouldStartWith "ab"
            once.out.length shouldBe 2 + 12 + 1
            desk.heddle("generate", "./run", "--prompt", "ab", "--tokens", "12", "--seed", "3") shouldBe once
        }

        "a source is answered, by the likeliest tokens or the likeliest text" {
            desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "5", "--greedy").status shouldBe 0
            desk.heddle("generate", "./back", "--prompt", "1 2 3", "--tokens", "5", "--beam", "2").status shouldBe 0
        }

        "a text is measured" {
            desk.heddle("evaluate", "./run", "--text", "letters.txt").out shouldMatch
                Regex(
                    """
                    tokens                    999
                    log-likelihood            -\d+\.\d{4}
                    log-likelihood per token  -\d\.\d{6}
                    perplexity                \d+\.\d{4}

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
                    BLEU                      \d+\.\d

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

        "options that contradict each other, or the model" {
            desk.heddle("generate", "./run", "--prompt", "a", "--greedy", "--beam", "2") shouldBe
                wrong("choose one: drawing (--temperature, --top-k, --top-p), --greedy, or --beam.", "generate")
            desk.heddle("generate", "./run", "--prompt", "a", "--length-penalty", "2") shouldBe
                wrong("--length-penalty is for --beam.", "generate")
            desk.heddle("generate", "./run", "--prompt", "a", "--backend", "gpu") shouldBe
                wrong("--backend: 'gpu' is neither cpu nor portable.", "generate")
            desk.heddle("generate", "./run") shouldBe wrong("--prompt is missing: --prompt TEXT.", "generate")
            desk.heddle("evaluate", "./run") shouldBe
                wrong("say what to measure on: --text FILE, or --source FILE and --target FILE.", "evaluate")
            desk.heddle("evaluate", "./back", "--text", "letters.txt") shouldBe
                wrong("this model reads a source: say --source FILE and --target FILE.", "evaluate")
        }
    })
