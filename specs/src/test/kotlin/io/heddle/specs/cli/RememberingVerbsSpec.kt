package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch

/** A model that remembers its text, with a norm of running means, from the command line. */
class RememberingVerbsSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        fun script(steps: Int) =
            """
            val remembering = model("remembering", width = 8) {
                norm = PowerNorm()
                val text by tokens(vocab = 5) { scaled() }
                val decoder by stack(text, layers = 2) {
                    attention(heads = 2) { causal(); relativeSinusoidal(); memory(6); bias = false }
                    addNorm()
                    feedForward(hidden = 16)
                    addNorm()
                }
                val next by logits(decoder, tiedTo = text)
            }
            val training = recipe(text("letters.txt", context = 4), steps = $steps) {
                batch(2)
                optimizer = AdamW(learningRate = 1e-2)
                evaluate(every = 20)
                checkpoint(every = 10)
            }
            """
                .trimIndent()

        "it trains, goes on, is measured and writes" {
            desk.file("remembering.model.kts", script(60))
            val trained = desk.heddle("train", "remembering.model.kts", "--out", "./run")
            trained.out shouldMatch
                Regex(
                    """
                    remembering: [\d,]+ parameters, 60 steps
                    900 tokens to learn from, 100 held out, 5 different ones
                    the model remembers up to 6 tokens: 2 rows of 449 tokens go on from batch to batch
                    (step +\d+   validation loss \d\.\d{3}
                    )+validation loss (\d\.\d{3}) after 60 steps in \d+\.\d s

                    """
                        .trimIndent()
                )
            val again = desk.heddle("train", "remembering.model.kts", "--out", "./run")
            again.out.lines().dropLast(1).last().substringBefore(" after") shouldBe
                trained.out.lines().dropLast(1).last().substringBefore(" after")
            desk.heddle("evaluate", "./run", "--text", "letters.txt").out shouldMatch
                Regex(
                    """
                    windows of tokens         4
                    rows that go on           16
                    [\s\S]*
                    """
                        .trimIndent()
                )
            val written = desk.heddle("generate", "./run", "--prompt", "abcd", "--tokens", "30", "--greedy")
            written.status shouldBe 0
        }

        "its steps are profiled" { desk.heddle("profile", "remembering.model.kts", "--runs", "1").status shouldBe 0 }
    })
