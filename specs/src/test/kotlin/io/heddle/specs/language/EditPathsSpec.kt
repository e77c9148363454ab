package io.heddle.specs.language

import io.heddle.dsl.EditScope
import io.heddle.dsl.edit
import io.heddle.rules.check
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** An edit whose path fits nothing changes nothing, and is told when the model is checked. */
class EditPathsSpec :
    StringSpec({
        fun told(change: EditScope.() -> Unit) =
            Models.gpt.edit(change).let { edited ->
                edited shouldBe Models.gpt
                edited.check().map { it.title to it.mend }
            }

        val near = "Did you mean \"decoder/0/attention\"?"

        "of a verb for one kind of part" {
            told { attention("decodr/0/attention") { causal() } } shouldBe
                listOf("attention(\"decodr/0/attention\") fits nothing" to near)
            told { crossAttention("decoder/*") {} } shouldBe
                listOf("crossAttention(\"decoder/*\") fits nothing" to "The model has none.")
        }

        "of a verb for any part" {
            told { remove("decodr/0/attention") } shouldBe
                listOf("remove(\"decodr/0/attention\") fits nothing" to near)
            told { insertAfter("encoder/*") { addNorm() } } shouldBe
                listOf("insertAfter(\"encoder/*\") fits nothing" to "There is \"decoder/0/attention\".")
        }

        "of an input" {
            told { input("txt") { noPositions() } } shouldBe
                listOf("input(\"txt\") fits nothing" to "Did you mean \"text\"?")
        }

        "of several, all at once" {
            told {
                    attention("nowhere") { causal() }
                    feedForward("nowhere", hidden = 3)
                }
                .size shouldBe 2
        }
    })
