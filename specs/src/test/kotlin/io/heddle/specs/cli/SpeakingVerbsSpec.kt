package io.heddle.specs.cli

import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.specs.data.call
import io.heddle.specs.data.wav
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** What texts sound like is learned, said, drawn and measured from the command line. */
class SpeakingVerbsSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.folder.wav("a.wav", call("high low", 600))
        desk.folder.wav("b.wav", call("low high", 800))
        desk.file("list.tsv", "a.wav\tab\nb.wav\tba\n")
        desk.file(
            "said.model.kts",
            """
            val said = model("said", width = 24) {
                layout = PreNorm
                val text by tokens(vocab = 5) { sinusoidal() }
                val before by spoken(features = 8, reduction = 2) {
                    preNet(24, dropout = 0.1)
                    sinusoidal()
                }
                val decoder by stack(before, layers = 1) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    crossAttention(from = text)
                    addNorm()
                    feedForward()
                    addNorm()
                }
                val sound by speech(decoder)
            }
            val features = logMel(bands = 8, rate = 8_000, scaling = SpectrogramScaling.Fixed(-8.0, 6.0))
            val training = recipe(recordings("list.tsv", "list.tsv", features, maximumSeconds = 0.5), steps = 100) {
                batch(2)
                optimizer = AdamW(learningRate = 1e-2)
                schedule = Linear()
                evaluate(every = 50)
            }
            """
                .trimIndent(),
        )

        "training tells what is learned from" {
            desk.heddle("train", "said.model.kts", "--out", "./said", "--threads", "1").out shouldMatch
                Regex(
                    """
                    said: [\d,]+ parameters, 100 steps
                    2 recordings to learn from, 2 held out, with 31 and 31 frames, 5 different tokens
                    step   0   validation loss \d\.\d{3}
                    step  50   validation loss \d\.\d{3}
                    step 100   validation loss 0\.\d{3}
                    validation loss 0\.\d{3} after 100 steps in \d+\.\d s

                    """
                        .trimIndent()
                )
        }

        "evaluate tells how near it comes, how long it speaks, and whether it says what it should" {
            val held = desk.heddle("evaluate", "./said", "--held-out", ".").out
            held shouldMatch
                Regex(
                    """
                    frames                    31
                    loss per frame            0\.\d{4}
                      frame error             0\.\d{4}
                      stop cross entropy      0\.\d{4}
                    texts that it says        2
                      of them it ends         [0-2]
                      nearest says the same   [0-2]
                    length, difference        \d+\.\d frames

                    """
                        .trimIndent()
                )
            desk.heddle("evaluate", "./said", "--data", "list.tsv").out shouldBe held
            desk.heddle("evaluate", "./said", "--text", "list.tsv").err shouldStartWith
                "heddle: this model speaks: say --data LIST, or --held-out FOLDER."
        }

        "generate says a text, draws it with its axes, and writes its frames" {
            desk.heddle("generate", "./said", "--prompt", "ab").out shouldMatch Regex("\\d+ frames, 0\\.\\d\\d s.*\n")
            desk.heddle("generate", "./said", "--prompt", "ab", "--to", "ab.svg").status shouldBe 0
            val picture = desk.folder.resolve("ab.svg").readText()
            for (word in listOf("“ab”", "frames of 8 bands", "seconds", "Hertz", "log power")) picture shouldContain
                word
            desk.heddle("generate", "./said", "--prompt", "ab", "--frames", "5", "--to", "ab.safetensors") shouldBe
                Ran(0, "5 frames, 0.07 s, and no end: as many as were allowed\n", "")
            val frames = SafetensorsFile.open(desk.folder.resolve("ab.safetensors"))
            frames.metadata().getValue("text") shouldBe "ab"
            frames.metadata().getValue("unit") shouldBe "log power"
        }

        "attention is shown over what it has said" {
            val shown = desk.heddle("attention", "./said", "--text", "ab", "--path", "decoder/0/crossAttention").out
            shown shouldContain "decoder/0/crossAttention"
        }

        "what is no text, or no file for speech, is told" {
            desk.heddle("generate", "./said", "--sound", "a.wav") shouldBe
                Ran(1, "", "said: it speaks\n  Say --prompt TEXT, which it says, and --to FILE.svg for a picture.\n")
            desk.heddle("generate", "./said", "--prompt", "ac").err shouldStartWith "--prompt:1:2: 'c' (U+0063) is not"
            desk.heddle("generate", "./said", "--prompt", "ab", "--to", "ab.png").err shouldStartWith
                "heddle: --to: 'ab.png' is none of .svg, .safetensors."
            desk.heddle("generate", "./said", "--prompt", "ab", "--greedy").err shouldStartWith
                "heddle: this model speaks, and says --prompt in one way: leave out what is for models that write."
        }
    })
