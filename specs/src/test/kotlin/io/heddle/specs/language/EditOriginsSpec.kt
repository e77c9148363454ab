package io.heddle.specs.language

import io.heddle.dsl.BlockScope
import io.heddle.dsl.EditScope
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.rules.check
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Groups
import io.heddle.terms.LayerNorm
import io.heddle.terms.Normal
import io.heddle.terms.RmsNorm
import io.heddle.terms.Shared
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** A problem tells the line of the word that it comes from: the edit's, where an edit said it. */
class EditOriginsSpec :
    FunSpec({
        fun Model.sources() = check().flatMap { problem -> problem.facts.map { "${it.name} ${it.says}".trim() } }

        val inAttention = "attention(\"decoder/0\")"
        val words =
            listOf<Triple<String, String, EditScope.() -> Unit>>(
                Triple("scale", inAttention) { attention("decoder/0") { scale = -1.0 } },
                Triple("dropout", inAttention) { attention("decoder/0") { dropout = 2.0 } },
                Triple("softcap", inAttention) { attention("decoder/0") { softcap = -1.0 } },
                Triple("reach", inAttention) { attention("decoder/0") { mask = Window(-3) } },
                Triple("epsilon", inAttention) { attention("decoder/0") { headNorm = RmsNorm(0.0) } },
                Triple("base", inAttention) { attention("decoder/0") { rotary(base = -1.0) } },
                Triple("reach", inAttention) { attention("decoder/0") { relativeVectors(0) } },
                Triple("memory", inAttention) { attention("decoder/0") { memory(-1) } },
                Triple("topK", inAttention) { attention("decoder/0") { topK(0) } },
                Triple("length", inAttention) { attention("decoder/0") { lowRank(4) } },
                Triple("deviation", inAttention) { attention("decoder/0") { initializer = Normal(-1.0) } },
                Triple("kernel", "feedForward(\"decoder/0\")") { feedForward("decoder/0") { convolve(0) } },
                Triple("dropout", "feedForward(\"decoder/0\")") { feedForward("decoder/0") { dropout = -1.0 } },
                Triple("epsilon", "addNorm(\"decoder/0\")") { addNorm("decoder/0") { norm = RmsNorm(-1.0) } },
                Triple("skip", "addNorm(\"decoder/0\")") { addNorm("decoder/0") { skip = 1.0 } },
                Triple("start", "addNorm(\"decoder/0\")") { addNorm("decoder/0") { layerScale(Double.NaN) } },
                Triple("dropout", "input(\"text\")") { input("text") { dropout = 3.0 } },
                Triple("positions", "input(\"text\")") { input("text") { learnedPositions(0) } },
                Triple("epsilon", "input(\"text\")") { input("text") { norm(LayerNorm(0.0)) } },
                Triple("epsilon", "norm = RmsNorm(epsilon = -1.0)") { norm = RmsNorm(-1.0) },
                Triple("groups", "weights = Groups(9)") { weights = Groups(9) },
            )
        for ((word, says, change) in words) {
            test("$word of $says") {
                val told = Models.tiny(layers = 2).edit(change).sources().filter { it.startsWith("$word ") }
                told.distinct() shouldContainExactly listOf("$word $says")
            }
        }

        test("the choices of an edit") {
            Models.tiny().edit {
                dropout = 2.0
                attentionDropout = -1.0
            } shouldTell
                """
                text: dropout is not a rate
                  dropout = 2.0   from dropout = 2.0  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/0/attention: dropout is not a rate
                  dropout = -1.0   from attentionDropout = -1.0  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/0/attention/norm: dropout is not a rate
                  dropout = 2.0   from dropout = 2.0  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/0/feedForward/norm: dropout is not a rate
                  dropout = 2.0   from dropout = 2.0  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.
                """
        }

        test("the name of a variant, and what it freezes") {
            Models.tiny().edit {
                name = " "
                freeze("decodr")
            } shouldTell
                """
                model: its name cannot be printed
                  name = " "   from name  Here.kt:_
                  Give it a name on one line.

                objective: no weights at "decodr"
                  path = decodr   from freeze("decodr")  Here.kt:_
                  Did you mean "decoder"?
                """
        }

        test("what the edit did not say keeps the line of the description") {
            val broken =
                model("broken", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by stack(text, layers = 1) { attention(heads = 2) { scale = -1.0 } }
                }
            broken.edit { attention("decoder/0") { dropout = 2.0 } } shouldTell
                """
                decoder/0/attention: dropout is not a rate
                  dropout = 2.0   from attention("decoder/0")  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/0/attention: scale is not a positive number
                  scale = -1.0   from attention(heads = 2)  Here.kt:_
                  Say a number above 0.
                """
        }

        test("a later edit that says the part anew is told for all of it") {
            val broken = Models.tiny().edit { attention("decoder/0") { scale = -1.0 } }
            broken.edit { replace("decoder/0/attention") { attention(heads = 2) { scale = -2.0 } } }.sources() shouldBe
                listOf("scale attention(heads = 2)")
        }

        test("what an edit adds to something else is told beside it") {
            val kernel =
                Models.tiny().edit { replace("decoder/0/attention") { attention(heads = 2) { kernel = EluPlusOne } } }
            kernel.edit { attention("decoder/0") { talkingHeads() } } shouldTell
                """
                decoder/0/attention: kernel does not go with talkingHeads()
                  method = kernel    from attention(heads = 2)    Here.kt:_
                  mixing = Talking   from attention("decoder/0")  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that talkingHeads() could change.
                """
            val grouped =
                model("grouped", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by stack(text, layers = 1) { attention(heads = 2, keyValueHeads = 1) }
                }
            grouped.edit { attention("decoder") { sharedQueriesAndKeys() } }.sources() shouldBe
                listOf("keyValueHeads attention(heads = 2, keyValueHeads = 1)", "content attention(\"decoder\")")
        }

        test("parts that share weights are told by the edit that set them apart") {
            val shared = Models.tiny(layers = 2).edit { weights = Shared }
            shared.edit { feedForward("decoder/1", hidden = 12) }.sources() shouldBe
                listOf("first feedForward(hidden = 16)", "second feedForward(\"decoder/1\", hidden = 12)")
        }

        test("what is taken away is told where it is missed") {
            Models.tiny().edit { remove("text") } shouldTell
                """
                decoder: there is no "text"
                  input = text     from stack(text, layers = 1)  Here.kt:_
                  text = removed   from remove("text")           Here.kt:_
                  Describe one first: there is none yet.

                next: "text" has no table of its own that comes before
                  tiedTo = text    from logits(decoder, tiedTo = text)  Here.kt:_
                  text = removed   from remove("text")                  Here.kt:_
                  Leave tiedTo out: there is no table to tie it to.
                """
        }

        test("a layer that is emptied is told by the edit") {
            Models.tiny(layers = 2).edit { remove("decoder/1") } shouldTell
                """
                decoder/1: the layer is empty
                  parts = 0   from remove("decoder/1")  Here.kt:_
                  Say what it does: attention(heads = 8); addNorm()
                """
        }

        fun BlockScope.broken(rate: Double) = addNorm { dropout = rate }
        val residuals =
            model("residuals", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        broken(2.0)
                        feedForward(name = "last")
                        broken(3.0)
                    }
            }

        fun lines(model: Model) = model.check().associate { problem -> problem.place to problem.facts.single().where }

        test("residuals keep their lines wherever they come to stand") {
            val before = lines(residuals)
            before.size shouldBe 2
            val edits =
                listOf<EditScope.() -> Unit>(
                    { remove("decoder/0/attention") },
                    {
                        insertBefore("decoder/0/attention") {
                            feedForward(name = "first")
                            addNorm()
                        }
                    },
                    {
                        insertAfter("decoder/0/attention") {
                            feedForward(name = "second")
                            addNorm()
                        }
                    },
                    { replace("decoder/0/attention") { feedForward(name = "other") } },
                )
            edits.forEach { lines(residuals.edit(it)) shouldBe before }
            val stored = ModelJson.read(ModelJson.write(residuals), "stored.json")
            edits.forEach { lines(stored.edit(it)) shouldBe lines(stored) }
        }

        test("what an edit mends is told no more") {
            val uneven = Models.tiny().edit { attention("decoder", heads = 3) }
            uneven.check().size shouldBe 1
            uneven.edit { attention("decoder/0", heads = 4) }.check().shouldBeEmpty()
            uneven.edit { remove("decoder/0/attention") }.check().shouldBeEmpty()
            uneven
                .edit {
                    replace("decoder/0/attention") {
                        attention(heads = 2)
                        addNorm()
                    }
                }
                .check()
                .shouldBeEmpty()
            val said =
                model("said", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by stack(text, layers = 2) { attention(heads = 3) }
                }
            said.edit { attention("decoder/*", heads = 2) }.check().shouldBeEmpty()
            said.edit { attention("decoder/0", heads = 2) }.check().map { it.place } shouldBe
                listOf("decoder/1/attention")
            said.edit { remove("decoder") }.check().shouldBeEmpty()
        }
    })
