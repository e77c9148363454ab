package io.heddle.specs.language

import io.heddle.describe.diff
import io.heddle.dsl.EditScope
import io.heddle.dsl.edit
import io.heddle.model.Attention
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.rules.check
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** An edit whose path fits nothing changes nothing, and is told when the model is checked; others change pieces. */
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
            told { remove("decodr/0/attention") } shouldBe listOf("remove(\"decodr/0/attention\") fits nothing" to near)
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

        fun parts(change: EditScope.() -> Unit) =
            (Models.gpt.edit(change).component("decoder") as Stack).layers.take(2).map { layer ->
                layer.parts.joinToString(" ") { if (it is Sublayer) it.name else "norm" }
            }

        "a sublayer and the addNorm that closes it are one piece" {
            val layer = "attention norm feedForward norm"
            parts { remove("decoder/0/attention") } shouldBe listOf("feedForward norm", layer)
            parts {
                replace("decoder/0/feedForward") {
                    experts(count = 4)
                    addNorm()
                }
            } shouldBe listOf("attention norm experts norm", layer)
            parts {
                insertBefore("decoder/*/feedForward") {
                    attention(heads = 2, name = "second")
                    addNorm()
                }
            } shouldBe List(2) { "attention norm second norm feedForward norm" }
            parts {
                insertAfter("decoder/1/attention") {
                    attention(heads = 2, name = "second")
                    addNorm()
                }
            } shouldBe listOf(layer, "attention norm second norm feedForward norm")
            parts { remove("decoder/0/attention/norm") } shouldBe listOf("attention feedForward norm", layer)
        }

        "a path that check or diff tells is one that edits understand" {
            val some = Models.gpt.edit { attention("decoder/{0,2}/attention", heads = 8) }
            val heads = (some.component("decoder") as Stack).layers.map { (it.parts[0] as Attention).heads }
            heads shouldBe listOf(8, 4, 8, 4)
            val residuals = Models.gpt.edit { addNorm("decoder/{0,2}/feedForward/norm") { dropout = 2.0 } }
            residuals.check().map { it.place } shouldBe listOf("decoder/{0,2}/feedForward/norm")
            Models.gpt.diff(Models.gpt.edit { remove("decoder/{0,2}/feedForward/norm") }).changes.map {
                it.place
            } shouldBe listOf("decoder/{0,2}/feedForward/norm")
        }

        "heads that do not divide the width are told here, too" {
            val edited = Models.gpt.edit { attention("decoder/1", heads = 5) }
            edited.check().map { "${it.place}: ${it.title}" } shouldBe
                listOf("decoder/1/attention: heads do not divide width")
            val inserted =
                Models.gpt.edit { insertAfter("decoder/0/attention") { attention(heads = 5, name = "second") } }
            inserted.check().map { "${it.place}: ${it.title}" } shouldBe
                listOf("decoder/0/second: heads do not divide width")
        }
    })
