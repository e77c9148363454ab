package io.heddle.specs.language

import io.heddle.describe.summary
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.rules.check
import io.heddle.specs.language.messages.layer
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Ending
import io.heddle.terms.ReZero
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** No word does nothing without a word about it. */
class VainWordsSpec :
    StringSpec({
        "a scale beside a kernel, which has no scores" {
            layer {
                attention(heads = 2) {
                    kernel = EluPlusOne
                    scale = 0.5
                }
            } shouldTell
                """
                decoder/0/attention: kernel does not go with scale
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that scale could change.
                """
            layer {
                    attention(heads = 2) {
                        topK(3)
                        scale = 0.5
                    }
                }
                .check()
                .shouldBeEmpty()
        }

        "a table belongs to the input that it is named after, whoever reads it" {
            val tied =
                model("tied", width = 8) {
                    val source by tokens(vocab = 9)
                    val target by tokens(tiedTo = source)
                    val next by logits(target)
                }
            val rows = tied.summary().lines().filter { it.startsWith("source") || it.startsWith("target") }
            rows.map { it.trim().split(Regex(" {2,}")).last() } shouldBe listOf("72", "(72)")
        }

        "a norm that an edit gives to ReZero" {
            val rezero = Models.tiny().edit { layout = ReZero }
            rezero.check().shouldBeEmpty()
            rezero.edit { norm = RmsNorm() } shouldTell
                """
                tiny: ReZero has no norms
                  norm = RmsNorm(epsilon = 1.0E-6)   from norm = RmsNorm(epsilon = 1.0E-6)  Here.kt:_
                  Leave the norm out, or say another layout: layout = PreNorm.
                """
            rezero.edit { addNorm("decoder/0/attention") { norm = RmsNorm() } }.check().map { it.place } shouldBe
                listOf("decoder/0/attention/norm")
        }

        "a norm of ReZero that something else has" {
            model("normed", width = 8) {
                    layout = ReZero
                    norm = RmsNorm()
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val memory by norm(decoder)
                }
                .check()
                .shouldBeEmpty()
        }

        "an ending of a layout without a last norm" {
            Models.tiny().edit { stack("decoder") { ending = Ending.Bare } } shouldTell
                """
                decoder: PostNorm has no last norm to leave out
                  ending = Bare   from stack("decoder")  Here.kt:_
                  Leave ending out: PreNorm, Sandwich, Parallel and Reversible have one.
                """
        }

        "weights of no name" {
            layer { feedForward { weightsNamed("") } } shouldTell
                """
                decoder/0/feedForward: "" is not a name
                  weights = ""   from feedForward()  Here.kt:_
                  Use letters, digits, - and _, beginning with a letter.
                """
        }
    })
