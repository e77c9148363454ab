package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** A command line that is wrong says what was probably meant, and ends with 2. */
class CommandLineSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("tiny.model.kts", tiny)

        fun wrong(message: String) = Ran(2, "", message.trimIndent() + "\n")

        "no verb: what there is" {
            desk.heddle() shouldBe desk.heddle("--help")
            desk.heddle().status shouldBe 0
        }

        // Where a verb comes first no other is read.
        "a verb is told alike by itself and among the others" {
            val verbs = desk.heddle("--help").out.lines().mapNotNull { VERB.find(it)?.groupValues?.get(1) }
            verbs.size shouldBe 14
            for (verb in verbs) desk.heddle(verb, "--help") shouldBe desk.heddle("--verbose", verb, "--help")
        }

        "an unknown verb" {
            desk.heddle("chek", "tiny.model.kts") shouldBe
                wrong(
                    """
                    heddle: there is no verb chek. Did you mean check?
                      See heddle --help.
                    """
                )
        }

        "an unknown option" {
            desk.heddle("json", "--modle", "x", "tiny.model.kts") shouldBe
                wrong(
                    """
                    heddle: there is no option --modle. Did you mean --model?
                      See heddle json --help.
                    """
                )
        }

        "an argument too many, or too few" {
            desk.heddle("json", "tiny.model.kts", "more") shouldBe
                wrong(
                    """
                    heddle: there is one argument too many: more.
                      See heddle json --help.
                    """
                )
            desk.heddle("check") shouldBe
                wrong(
                    """
                    heddle: FILE is missing.
                      See heddle check --help.
                    """
                )
        }

        "two options that exclude each other" {
            desk.heddle("json", "tiny.model.kts", "--model", "tiny", "--recipe", "short") shouldBe
                wrong(
                    """
                    heddle: only one of --model, --recipe and --experiment is written. Choose one.
                      See heddle json --help.
                    """
                )
        }

        "an option without its value" {
            desk.heddle("json", "tiny.model.kts", "--model") shouldBe
                wrong(
                    """
                    heddle: --model needs a value: --model NAME.
                      See heddle json --help.
                    """
                )
        }
    })

/** A line of the list of verbs, not one that goes on. */
private val VERB = Regex("^ {2}([a-z]+) {2,}[A-Z]")
