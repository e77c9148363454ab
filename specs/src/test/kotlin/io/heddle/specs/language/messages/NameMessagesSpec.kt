package io.heddle.specs.language.messages

import io.heddle.dsl.Heddle
import io.heddle.dsl.model
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec

class NameMessagesSpec :
    StringSpec({
        "names are legal, free, and said once" {
            Heddle.model("names", 8) { scope ->
                val text = scope.tokens("text", 5)
                scope.tokens("text", 6)
                scope.tokens("loss", 7)
                scope.stack("de/coder", text, 1) { block ->
                    block.attention(2)
                    block.attention(2)
                    block.addNorm()
                }
            } shouldTell
                """
                de/coder: "de/coder" is not a name
                  name = "de/coder"   from stack(text, layers = 1)  Here.kt:_
                  Use letters, digits, - and _, beginning with a letter.

                de/coder/0/attention: 2 sublayers of this block have the same name
                  name = attention   from attention(heads = 2)  Here.kt:_
                  Give the second one a name for its path: name = "attention2".

                text: 2 components have this name
                  name = text   from tokens(vocab = 6)  Here.kt:_
                  Give each its own.

                loss: the name is taken
                  name = loss   from tokens(vocab = 7)  Here.kt:_
                  Choose another: the engine's own inputs and outputs are loss, normalizer, randomness.
                """
        }

        "a model has a name that can be printed" {
            model("two\nlines", width = 8) {
                val text by tokens(vocab = 5)
            } shouldTell
                """
                model: its name cannot be printed
                  name = "two?lines"
                  Give it a name on one line.
                """
        }

        "weights of a name of their own are no component's" {
            layer {
                attention(heads = 2) { weightsNamed("text") }
                addNorm()
                feedForward { weightsNamed("apart") }
                addNorm()
            } shouldTell
                """
                decoder/0/attention: its weights have the name of a component
                  weights = text   from attention(heads = 2)  Here.kt:_
                  A component's weights stand under its name: say weightsNamed("textWeights").
                """
        }

        "a component needs a name" {
            model("nameless", width = 8) {
                val text by tokens(vocab = 5)
                stack(text, layers = 6) { attention(heads = 2) }
                logits(text)
            } shouldTell
                """
                nameless: a component has no name
                  stack = nameless   from stack(text, layers = 6)  Here.kt:_
                  Name it with the property that holds it: val name by stack(text, layers = 6)

                nameless: a component has no name
                  logits = nameless   from logits(text)  Here.kt:_
                  Name it with the property that holds it: val name by logits(text)
                """
        }

        "of two sublayers with one name it is not told whose line said what" {
            layer {
                feedForward(hidden = 0)
                addNorm()
                feedForward(hidden = 128)
                addNorm()
            } shouldTell
                """
                decoder/0/feedForward: 2 sublayers of this block have the same name
                  name = feedForward   from feedForward(hidden = 128)  Here.kt:_
                  Give the second one a name for its path: name = "feedForward2".

                decoder/0/feedForward: hidden is not positive
                  hidden = 0
                  Say 1 or more.
                """
        }

        "a second attention of a block has a name for its path" {
            layer {
                attention(heads = 2)
                attention(heads = 2, name = "attention2")
                addNorm()
            } shouldTell ""
        }
    })
