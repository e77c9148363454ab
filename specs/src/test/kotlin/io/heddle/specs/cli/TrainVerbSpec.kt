package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch

/** Training prints its curve, ends with its result, and goes on where it was ended. */
class TrainVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        val letters = "abcd\n".repeat(200)
        desk.file("letters.txt", letters)
        fun recipe(steps: Int) =
            "val training = recipe(text(\"letters.txt\", context = 4), steps = $steps) {\n" +
                "    batch(2)\n    evaluate(every = 2)\n    checkpoint(every = 2)\n}\n"
        desk.file("tiny.model.kts", "$tiny\n${recipe(4)}")

        "the curve, and as the last line the result" {
            val ran = desk.heddle("train", "tiny.model.kts", "--out", "./run")
            ran.err shouldMatch
                Regex(
                    "(step [1-4] of 4   training loss \\d\\.\\d{3}   learning rate 1\\.00e-03   [\\d,]+ tokens/s\n){4}"
                )
            ran.out shouldMatch
                Regex(
                    """
                    tiny: 344 parameters, 4 steps
                    900 tokens to learn from, 100 held out, 5 different ones
                    step 0   validation loss \d\.\d{3}
                    step 2   validation loss \d\.\d{3}
                    step 4   validation loss \d\.\d{3}
                    validation loss \d\.\d{3} after 4 steps in \d+\.\d s

                    """
                        .trimIndent()
                )
            ran.status shouldBe 0
        }

        "one that has come to its end says so again" {
            val again = desk.heddle("train", "tiny.model.kts", "--out", "./run")
            again.out shouldMatch
                Regex(
                    "tiny: 344 parameters, 4 steps are done already, and nothing is left to do\n" +
                        "900 tokens to learn from, 100 held out, 5 different ones\n" +
                        "validation loss \\d\\.\\d{3} after 4 steps\n"
                )
            desk.heddle("train", "tiny.model.kts", "--out", "./run", "--steps", "2").out shouldBe again.out
        }

        "a stored model and a stored recipe train as their script does" {
            desk.file("model.json", desk.heddle("json", "tiny.model.kts").out)
            desk.file("recipe.json", desk.heddle("json", "tiny.model.kts", "--recipe", "training").out)
            val stored = desk.heddle("train", "model.json", "--recipe", "recipe.json", "--out", "./stored")
            val script = desk.heddle("train", "tiny.model.kts", "--out", "./run", "--fresh")
            stored.out.lines().dropLast(2) shouldBe script.out.lines().dropLast(2)
        }

        "the weights that are kept are told in the end, and are those that are evaluated" {
            // So fast that it is soon worse than at its best.
            val hasty = "optimizer = AdamW(learningRate = 1.0)\n    keep = Keep.Best()\n    evaluate(every = 1)\n}\n"
            desk.file("best.model.kts", "$tiny\n${recipe(6).removeSuffix("}\n")}    $hasty")
            val ran = desk.heddle("train", "best.model.kts", "--out", "./best")
            val losses = Regex("step \\d   validation loss (.*)").findAll(ran.out).map { it.groupValues[1] }.toList()
            val best = losses.minBy { it.toDouble() }
            val step = losses.indexOf(best)
            ran.out.lines().dropLast(1).last() shouldBe "kept: the weights after $step steps, validation loss $best"
            val again = desk.heddle("train", "best.model.kts", "--out", "./best")
            again.out.lines().dropLast(1).last() shouldBe ran.out.lines().dropLast(1).last()
            val evaluated = desk.heddle("evaluate", "./best", "--held-out", "./")
            val token = Regex("log-likelihood per token  -(.*)").find(evaluated.out)?.groupValues?.get(1)
            "%.3f".format(token?.toDouble()) shouldBe best
        }

        "a training that begins with the weights of another, as its command says" {
            desk.heddle("train", "tiny.model.kts", "--out", "./run", "--fresh")
            val taken = "begins with [\\d]+ weights of .*run"
            val ran = desk.heddle("train", "tiny.model.kts", "--out", "./next", "--from", "./run")
            ran.out.lines()[2] shouldMatch Regex(taken)
            val left = listOf("--from", "./run", "--without", "decoder").toTypedArray()
            val new = desk.heddle("train", "tiny.model.kts", "--out", "./new", *left)
            new.out.lines()[2] shouldMatch Regex("$taken; anew: decoder/.*")
            desk.heddle("train", "tiny.model.kts", "--without", "next") shouldBe
                Ran(2, "", "heddle: --without says what is left out of --from RUN.\n  See heddle train --help.\n")
        }

        "a file without a recipe" {
            desk.file("alone.model.kts", tiny)
            desk.heddle("train", "alone.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    alone.model.kts: it describes no recipe
                      Training needs one beside the model:
                        val training = recipe(text("input.txt", context = 64), steps = 2_000)
                      or in a file of its own: --recipe FILE

                    """
                        .trimIndent(),
                )
        }

        "a recipe's problem names its property, and the line" {
            desk.file(
                "wrong.model.kts",
                "$tiny\nval plan = recipe(text(\"letters.txt\", context = 4), steps = 4) {\n    bleu()\n}",
            )
            val told =
                "plan: bleu is not for text\n" +
                    "  bleu = Mteval13a   from bleu()  wrong.model.kts:10\n" +
                    "  It compares what is written with targets, and running text has none. Leave bleu() out.\n"
            desk.heddle("check", "wrong.model.kts") shouldBe Ran(1, "", told)
            desk.heddle("train", "wrong.model.kts", "--steps", "3") shouldBe Ran(1, "", told)
        }

        "a place where nothing can be written" {
            desk.file("taken.txt", "")
            desk.heddle("train", "tiny.model.kts", "--out", "taken.txt") shouldBe
                Ran(
                    1,
                    "",
                    "taken.txt: a file stands where a folder is to be written\n" +
                        "  Move it away, or choose another name.\n",
                )
            desk.heddle("train", "tiny.model.kts", "--out", "taken.txt/run").err shouldBe
                """
                taken.txt/run: it could not be written
                  cause = Not a directory
                  Check that taken.txt/run may be written to, or choose another folder.
                  What was there before is untouched.

                """
                    .trimIndent()
        }

        "numbers larger than a machine's own are counted all the same" {
            val ran = desk.heddle("summary", "tiny.model.kts", "--size", "text=99999999999")
            ran.status shouldBe 0
            ran.out shouldContain "operations forward     320,000,000,052,799,999,999,440 * batch\n"
        }

        "numbers that make no sense" {
            desk.heddle("train", "tiny.model.kts", "--steps", "-5") shouldBe
                Ran(2, "", "heddle: --steps: '-5' is not a whole number above 0.\n  See heddle train --help.\n")
            val processors = Runtime.getRuntime().availableProcessors()
            val most = maxOf(64, 4 * processors)
            val machine = "this machine with $processors " + if (processors == 1) "processor" else "processors"
            desk.heddle("train", "tiny.model.kts", "--threads", "1000000") shouldBe
                Ran(
                    2,
                    "",
                    "heddle: --threads: '1000000' is more than $most, the most that $machine is given.\n" +
                        "  See heddle train --help.\n",
                )
            desk.heddle("train", "tiny.model.kts", "--threads", "2", "--backend", "portable") shouldBe
                Ran(
                    2,
                    "",
                    "heddle: --threads is for --backend cpu: portable computes on one thread.\n" +
                        "  See heddle train --help.\n",
                )
            desk.heddle("train", "tiny.model.kts", "--seed", "one") shouldBe
                Ran(2, "", "heddle: --seed: 'one' is not a whole number.\n  See heddle train --help.\n")
        }

        "a signal ends after the step at hand, saves, and the same command goes on" {
            desk.file("long.model.kts", "$tiny\n${recipe(1_000_000)}")
            desk.heddle("check", "long.model.kts").status shouldBe 0 // compiles it, so that no process has to
            val ended = desk.interrupted("train", "long.model.kts", "--out", "./long")
            val told = Regex("Ended after step ([\\d,]+), saved in long. The same command goes on from there.")
            ended.status shouldBe 130
            val step = told.find(ended.err)?.groupValues?.get(1)
            val on = desk.interrupted("train", "long.model.kts", "--out", "./long")
            on.out.lines().first() shouldBe "tiny: 344 parameters, 1,000,000 steps, going on after step $step"
        }
    })
