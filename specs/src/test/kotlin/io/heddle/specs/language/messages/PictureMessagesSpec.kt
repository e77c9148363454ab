package io.heddle.specs.language.messages

import io.heddle.draw.maskSvg
import io.heddle.dsl.edit
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.kotest.core.spec.style.StringSpec

class PictureMessagesSpec :
    StringSpec({
        "a path that is misspelled, that is of nothing, and that begins several" {
            told { Models.gpt.maskSvg("decoder/1/atention") } shouldRead
                """
                gpt-char: no attention is at "decoder/1/atention"
                  attentions = decoder/0/attention, decoder/1/attention, decoder/2/attention, decoder/3/attention
                  Did you mean "decoder/1/attention"?
                """
            told { Models.gpt.maskSvg("somewhere") } shouldRead
                """
                gpt-char: no attention is at "somewhere"
                  attentions = decoder/0/attention, decoder/1/attention, decoder/2/attention, decoder/3/attention
                  Write the path of an attention, or a pattern: * is any word, ** any number of words.
                """
            told { Models.gpt.maskSvg("deco") } shouldRead
                """
                gpt-char: "deco" begins the paths of 4 attentions
                  attentions = decoder/0/attention, decoder/1/attention, decoder/2/attention, decoder/3/attention
                  Write more of it, for example "decoder/0/attention".
                """
        }

        "a model that attends to nothing" {
            told { layer { feedForward() }.maskSvg("decoder/0/attention") } shouldRead
                """
                small: no attention is at "decoder/0/attention"
                  This model has no attention at all.
                """
        }

        "too few positions, too many, and too many masks" {
            told { Models.gpt.maskSvg("decoder", 0) } shouldRead
                """
                gpt-char: size = 0 is no number of positions to show
                  A picture of a mask shows 1 to 2048 positions.
                """
            told { Models.gpt.maskSvg("decoder", 2_049) } shouldRead
                """
                gpt-char: size = 2049 is no number of positions to show
                  A picture of a mask shows 1 to 2048 positions.
                """
            val drawn = Models.nmt.edit { attention("**") { mask = Random(1, seed = 1) or Self } }
            told { drawn.maskSvg("encoder") } shouldRead
                """
                nmt-base: "encoder" asks for too many masks
                  attentions = 6
                  masks that differ = 48
                  One picture shows 32. Choose fewer, for example "encoder/0/attention".
                """
        }
    })
