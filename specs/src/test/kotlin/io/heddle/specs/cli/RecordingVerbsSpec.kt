package io.heddle.specs.cli

import io.heddle.specs.data.call
import io.heddle.specs.data.tone
import io.heddle.specs.data.wav
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** Recordings are learned, measured and written down from the command line. */
class RecordingVerbsSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.folder.wav("a.wav", call("high low", 900))
        desk.folder.wav("b.wav", call("low high", 900))
        desk.file("list.tsv", "a.wav\tab\nb.wav\tba\n")
        desk.file("letters.txt", "abcab".repeat(30))
        desk.file(
            "heard.model.kts",
            """
            val heard = model("heard", width = 16) {
                val sound by frames(features = 8) {
                    convolve(channels = 16, kernel = 3, stride = 2)
                    sinusoidal()
                }
                val text by tokens(vocab = 5) { sinusoidal() }
                val encoder by stack(sound, layers = 1) {
                    attention(heads = 2)
                    addNorm()
                }
                val decoder by stack(text, layers = 1) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                }
                val next by logits(decoder, vocab = 5)
            }
            val data = recordings("list.tsv", "list.tsv", features = logMel(bands = 8, rate = 8_000))
            val training = recipe(data, steps = 60) {
                batch(2)
                optimizer = AdamW(learningRate = 2e-2)
                evaluate(every = 30)
                exactMatch()
            }
            """
                .trimIndent(),
        )

        "training tells how many are written as they are said" {
            desk.heddle("train", "heard.model.kts", "--out", "./heard").out shouldMatch
                Regex(
                    """
                    heard: [\d,]+ parameters, 60 steps
                    2 recordings to learn from, 2 held out, with 42 and 42 frames, 5 different tokens
                    step  0   validation loss \d\.\d{3}
                    step 30   validation loss \d\.\d{3}   exact match \d+\.\d %
                    step 60   validation loss \d\.\d{3}   exact match 100.0 %
                    validation loss \d\.\d{3}, exact match 100.0 %, after 60 steps in \d+\.\d s

                    """
                        .trimIndent()
                )
        }

        "evaluate measures what is held out, or another list" {
            val all = desk.heddle("evaluate", "./heard", "--held-out", ".", "--metrics", "wer,cer,exact-match")
            all.out.lines().takeLast(4) shouldBe
                listOf(
                    "WER                       0.00 %",
                    "CER                       0.00 %",
                    "exact match               100.00 %",
                    "",
                )
            desk.file("other.tsv", "a.wav\tba\n")
            val other = desk.heddle("evaluate", "./heard", "--data", "other.tsv").out
            other.lines().takeLast(2).first() shouldBe "exact match               0.00 %"
            desk.heddle("evaluate", "./heard", "--text", "letters.txt").err shouldStartWith
                "heddle: this model hears recordings: say --data LIST, or --held-out FOLDER."
            desk.heddle("evaluate", "./heard", "--data", "other.tsv", "--labels", "other.tsv").err shouldStartWith
                "heard: its labels stand in the file of what it reads"
        }

        "generate writes what is said in a recording" {
            desk.heddle("generate", "./heard", "--sound", "a.wav", "--greedy") shouldBe Ran(0, "ab\n", "")
            desk
                .heddle("generate", "./heard", "--sound", "b.wav", "--beam", "2", "--best", "2")
                .out
                .lines()
                .first() shouldMatch Regex("-?\\d\\.\\d{4}  ba")
            desk.heddle("generate", "./heard", "--sound", "none.wav").err shouldMatch
                Regex("none.wav: there is no such recording\n  It was looked for at .*none.wav\\.\n")
            desk.heddle("generate", "./heard", "--sound", "a.wav", "--prompt", "a").err shouldStartWith
                "heddle: --prompt and --sound exclude each other."
            desk.heddle("generate", "./heard", "--prompt", "a") shouldBe
                Ran(
                    1,
                    "",
                    "heard: it hears recordings, and reads no text\n  Say --sound FILE.wav, whose words it writes.\n",
                )
        }

        "another model hears no recording, and scores none" {
            desk.heddle("generate", "./heard", "--sound", "a.wav", "--greedy", "--scorer", "./no") shouldBe
                Ran(
                    2,
                    "",
                    "heddle: --scorer is for --prompt and --sources: it reads a source, and hears no recording.\n" +
                        "  See heddle generate --help.\n",
                )
        }

        "what is heard is written as it comes, until somebody interrupts it" {
            desk.file("long.tsv", "a.wav\t${"ab".repeat(40)}\n")
            val script = desk.folder.resolve("heard.model.kts").readText().replace("list.tsv", "long.tsv")
            desk.file("long.model.kts", script.replace("steps = 60", "steps = 10").replace("every = 30", "every = 10"))
            desk.heddle("train", "long.model.kts", "--out", "./long").status shouldBe 0
            val said = arrayOf("generate", "./long", "--sound", "a.wav", "--greedy", "--tokens", "100000000")
            val ended = desk.interruptedWithin(3, *said)
            ended.err shouldBe "Ended by Ctrl-C: this is what was written until then.\n"
            ended.status shouldBe 130
            ended.out shouldMatch Regex("[ab]{3,}\n")
        }

        "a model that reads is told what to be asked" {
            desk.file(
                "reads.model.kts",
                "$tiny\nval short = recipe(text(\"letters.txt\", context = 4), steps = 1) { batch(2) }\n",
            )
            desk.folder.wav("tone.wav", tone(500.0, 900))
            desk.heddle("train", "reads.model.kts", "--out", "./reads").status shouldBe 0
            desk.heddle("generate", "./reads", "--sound", "tone.wav") shouldBe
                Ran(
                    1,
                    "",
                    "reads: it did not learn from recordings\n  Say --prompt TEXT, which it goes on with or answers.\n",
                )
        }
    })
