package io.heddle.specs.language.messages

import io.heddle.describe.Cost
import io.heddle.describe.diff
import io.heddle.describe.summary
import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.string.shouldContain

class CostMessagesSpec :
    StringSpec({
        "a size that the model does not have, and one that is not positive" {
            told { Models.gpt.summary(mapOf("btach" to 12L, "text" to 0L, "frames" to 3L)) } shouldRead
                """
                gpt-char: there is no size "btach"
                  Did you mean "batch"?

                gpt-char: text = 0 is not positive
                  A size is 1 or more.

                gpt-char: there is no size "frames"
                  Known are batch, text.
                """
        }

        "more weights than can be counted" {
            val huge =
                model("huge", width = 16_777_216) {
                    val text by tokens(vocab = 16_777_216)
                    val decoder by
                        stack(text, layers = 1) {
                            experts(count = 16_777_216) { feedForward(hidden = 16_777_216) }
                            addNorm()
                        }
                }
            told { Cost.parameters(huge.lower(Purpose.Inference)) } shouldRead
                """
                parameters: there are too many weights
                  No machine holds 9444734091639230824448 numbers. Make the model smaller.
                """
        }

        "a size beyond the positions that are learned" {
            told { Models.gpt.summary(mapOf("text" to 99_999L)) }
                .replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead
                """
                text: text = 99999 is longer than its positions
                  positions = 64   from tokens(vocab = 65)  Here.kt:_
                  Say at most 64, or learnedPositions(99999).
                """
            told { Models.gpt.diff(Models.gpt, mapOf("text" to 65L)) } shouldContain "text = 65 is longer"
            Models.gpt.summary(mapOf("text" to 64L)) shouldContain "[batch, 64, 128]"
        }
    })
