package io.heddle.specs.language.messages

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldTell
import io.heddle.terms.PreNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class DescriptionMessagesSpec :
    StringSpec({
        "a model has components" {
            model("empty", width = 8) {} shouldTell
                """
            empty: the model is empty
              components = 0   from model("empty", width = 8)  Here.kt:_
              Describe an input, a stack and a head: val text by tokens(vocab = 65)
            """
        }

        "a choice is said before the first component" {
            model("late", width = 8) {
                val text by tokens(vocab = 5)
                layout = PreNorm
                val decoder by stack(text, layers = 1) { attention(heads = 2) }
            } shouldTell
                """
                late: layout is said too late
                  layout = PreNorm   from layout = PreNorm  Here.kt:_
                  Say layout before "text", the first component.
                """
        }

        "what an edit brings is told as if it had been said at first" {
            Models.tiny(layers = 2).edit {
                insertAfter("decoder/1/attention/norm") {
                    attention(heads = 3, name = "second")
                    addNorm()
                }
            } shouldTell
                """
                decoder/1/second: heads do not divide width
                  width = 8   from model("tiny", width = 8)  Here.kt:_
                  heads = 3   from attention(heads = 3)      Here.kt:_
                  8 is not a multiple of 3. Try width = 6 or 9, or heads = 2.
                """
        }

        "an edit fits something" {
            Models.tiny().edit {
                attention("decodr/0/attention") { causal() }
                feedForward("encoder/*") { dropout = 0.1 }
                experts("**") { dropout = 0.1 }
                input("txt") { dropout = 0.1 }
                remove("encoder")
            } shouldTell
                """
                tiny: attention("decodr/0/attention") fits nothing
                  path = decodr/0/attention   from attention("decodr/0/attention")  Here.kt:_
                  Did you mean "decoder/0/attention"?

                tiny: feedForward("encoder/*") fits nothing
                  path = encoder/*   from feedForward("encoder/*")  Here.kt:_
                  There is "decoder/0/feedForward".

                tiny: experts("**") fits nothing
                  path = **   from experts("**")  Here.kt:_
                  The model has none.

                tiny: input("txt") fits nothing
                  path = txt   from input("txt")  Here.kt:_
                  Did you mean "text"?

                tiny: remove("encoder") fits nothing
                  path = encoder   from remove("encoder")  Here.kt:_
                  There is "decoder/0/attention".
                """
        }

        "nothing in the place of something" {
            val edited =
                Models.tiny().edit {
                    replace("decoder/0/attention") {}
                    replace("decodr") {}
                }
            edited shouldBe Models.tiny()
            edited shouldTell
                """
                tiny: replace("decoder/0/attention") says nothing
                  path = decoder/0/attention   from replace("decoder/0/attention")  Here.kt:_
                  Say what comes in its place, or remove("decoder/0/attention").

                tiny: replace("decodr") fits nothing
                  path = decodr   from replace("decodr")  Here.kt:_
                  There is "decoder/0/attention".
                """
        }
    })
