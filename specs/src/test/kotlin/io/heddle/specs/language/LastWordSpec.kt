package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.ImageInput
import io.heddle.model.Position
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** What is said twice holds as it was said last, and what is said in vain is told. */
class LastWordSpec :
    FunSpec({
        test("a picture whose positions are taken back has none") {
            val seen =
                model("picture", width = 8) {
                    val picture by
                        image(channels = 3, size = 8) {
                            patches(4)
                            learnedPositions()
                            noPositions()
                        }
                }
            (seen.component("picture") as ImageInput).position shouldBe Position.None
        }

        for (heads in listOf(0, -3)) {
            test("an edit to $heads heads is told like a description of them") {
                val plain =
                    model("plain", width = 8) {
                        val text by tokens(vocab = 5)
                        val decoder by
                            stack(text, layers = 1) {
                                attention(heads = 2) { causal() }
                                addNorm()
                            }
                        val next by logits(decoder)
                    }
                plain.edit { attention("decoder/0", heads = heads) } shouldTell
                    """
                    decoder/0/attention: heads is not positive
                      heads = $heads   from attention("decoder/0", heads = $heads)  Here.kt:_
                      Say 1 or more.
                    """
            }
        }
    })
