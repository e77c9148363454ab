package io.heddle.specs.language

import io.heddle.dsl.Heddle
import io.heddle.dsl.model
import io.heddle.json.ModelJson
import io.heddle.model.Attention
import io.heddle.model.CrossEntropy
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.rules.checked
import io.heddle.terms.Depth
import io.heddle.terms.LayerNorm
import io.heddle.terms.Normal
import io.heddle.terms.PreNorm
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.string.shouldStartWith

/** Every rule of models, and the whole of what is told when it is broken. */
class RulesSpec :
    FunSpec({
        fun translation(width: Int, heads: Int, crossHeads: Int? = null) =
            model("nmt-base", width = width) {
                val source by tokens(vocab = 100)
                val target by tokens(vocab = 100)
                val encoder by
                    stack(source, layers = 6) {
                        attention(heads = 5)
                        addNorm()
                    }
                val decoder by
                    stack(target, layers = 6) {
                        attention(heads) { causal() }
                        addNorm()
                        crossAttention(from = encoder, heads = crossHeads)
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = target)
            }

        test("heads that do not divide the width are told once for all layers, with their lines and what to try") {
            translation(width = 500, heads = 5, crossHeads = 8) shouldTell
                """
                decoder/*/crossAttention: heads do not divide width
                  width = 500   from model("nmt-base", width = 500)             Here.kt:_
                  heads = 8     from crossAttention(from = encoder, heads = 8)  Here.kt:_
                  500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.
                """
        }

        test("where a line is told, it is the line that said it") {
            val line = Throwable().stackTrace.first { it.fileName == "RulesSpec.kt" }.lineNumber
            val model =
                model("lines", width = 10) { // line + 2
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 2) {
                            attention(heads = 3) // line + 6
                            addNorm()
                        }
                }
            told { model.checked() } shouldRead
                """
                decoder/*/attention: heads do not divide width
                  width = 10   from model("lines", width = 10)  RulesSpec.kt:${line + 2}
                  heads = 3    from attention(heads = 3)        RulesSpec.kt:${line + 6}
                  10 is not a multiple of 3. Try width = 9 or 12, or heads = 2.
                """
        }

        test("what follows from an attention's heads is told of the attention, and not again of the cross-attention") {
            translation(width = 500, heads = 8) shouldTell
                """
                decoder/*/attention: heads do not divide width
                  width = 500   from model("nmt-base", width = 500)  Here.kt:_
                  heads = 8     from attention(heads = 8)            Here.kt:_
                  500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.
                """
        }

        test("heads may have a width of their own, which need not divide the model's") {
            model("own", width = 10) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 3, headWidth = 4)
                        addNorm()
                    }
            } shouldTell ""
        }

        test("layers that are wrong alike are told together, by their numbers where not all of them are") {
            model("some", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 4) { layer ->
                        attention(heads = if (layer % 2 == 0) 2 else 3)
                        addNorm()
                    }
            } shouldTell
                """
                decoder/{1,3}/attention: heads do not divide width
                  width = 8   from model("some", width = 8)  Here.kt:_
                  heads = 3   from attention(heads = 3)      Here.kt:_
                  8 is not a multiple of 3. Try width = 6 or 9, or heads = 2.
                """
        }

        test("several mistakes are told at once, in the order of the model") {
            model("many", width = 8) {
                val text by
                    tokens(vocab = -3) {
                        dropout = 1.0
                        learnedPositions(0)
                    }
                val decoder by
                    stack(text, layers = 2) {
                        attention(heads = 0)
                        addNorm(LayerNorm(epsilon = 0.0))
                        feedForward(hidden = -8) {
                            dropout = -0.1
                            initializer = Normal(0.0)
                        }
                        addNorm()
                        addNorm()
                    }
                val next by logits(decoder)
                objective { crossEntropy(next, labelSmoothing = 1.5) }
            } shouldTell
                """
                text: dropout is not a rate
                  dropout = 1.0   from tokens(vocab = -3)  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                text: vocab is not positive
                  vocab = -3   from tokens(vocab = -3)  Here.kt:_
                  Say 1 or more.

                text: positions is not positive
                  positions = 0   from tokens(vocab = -3)  Here.kt:_
                  Say 1 or more.

                decoder/*/attention: heads is not positive
                  heads = 0   from attention(heads = 0)  Here.kt:_
                  Say 1 or more.

                decoder/*/addNorm: epsilon is not a positive number
                  epsilon = 0.0   from addNorm()  Here.kt:_
                  Say a number above 0.

                decoder/*/feedForward: hidden is not positive
                  hidden = -8   from feedForward(hidden = -8)  Here.kt:_
                  Say 1 or more.

                decoder/*/feedForward: dropout is not a rate
                  dropout = -0.1   from feedForward(hidden = -8)  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/*/feedForward: deviation is not a positive number
                  deviation = 0.0   from feedForward(hidden = -8)  Here.kt:_
                  Say a number above 0.

                decoder/*/addNorm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Leave it out: the residual around feedForward is closed already.

                objective: labelSmoothing is not a rate
                  labelSmoothing = 1.5
                  A rate is at least 0 and below 1, as in 0.1.
                """
        }

        test("a width that is not positive is told once, and what follows from it is not") {
            model("negative", width = -8) {
                val text by tokens(vocab = 5) { sinusoidal() }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
            } shouldTell
                """
                negative: width is not positive
                  width = -8   from model("negative", width = -8)  Here.kt:_
                  Say 1 or more.
                """
        }

        test("sizes that no machine holds") {
            model("giant", width = 8) {
                val text by tokens(vocab = Int.MAX_VALUE)
                val decoder by
                    stack(text, layers = 2_000_000_000) {
                        attention(heads = 2_000_000, headWidth = 2_000_000)
                        addNorm()
                    }
            } shouldTell
                """
                text: vocab is too large
                  vocab = 2147483647   from tokens(vocab = 2147483647)  Here.kt:_
                  At most 16777216 will do.

                decoder: the stack has too many layers
                  layers = 2000000000   from stack(text, layers = 2000000000)  Here.kt:_
                  Say between 1 and 10000.

                decoder/*/attention: heads are too wide together
                  heads = 2000000       from attention(heads = 2000000, headWidth = 2000000)  Here.kt:_
                  headWidth = 2000000   from attention(heads = 2000000, headWidth = 2000000)  Here.kt:_
                  heads * headWidth is 4000000000000, and at most 16777216 will do.
                """
        }

        test("a stack has layers, a layer has parts, a model has components") {
            model("hollow", width = 8) {
                val text by tokens(vocab = 5)
                val none by
                    stack(text, layers = -2) {
                        attention(heads = 2)
                        addNorm()
                    }
                val bare by stack(text, layers = 3) {}
            } shouldTell
                """
                none: the stack has no layers
                  layers = -2   from stack(text, layers = -2)  Here.kt:_
                  Say how many: stack(text, layers = 6).

                bare/*: the layer is empty
                  parts = 0   from stack(text, layers = 3)  Here.kt:_
                  Say what it does: attention(heads = 8); addNorm()
                """
            model("empty", width = 8) {} shouldTell
                """
                empty: the model is empty
                  components = 0   from model("empty", width = 8)  Here.kt:_
                  Describe an input, a stack and a head: val text by tokens(vocab = 65)
                """
        }

        test("an addNorm() closes a sublayer") {
            model("open", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 2) {
                        addNorm()
                        attention(heads = 2)
                        addNorm()
                        addNorm()
                    }
            } shouldTell
                """
                decoder/*/addNorm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Put it after a sublayer: attention(heads = 8); addNorm()

                decoder/*/addNorm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Leave it out: the residual around attention is closed already.
                """
        }

        test("a component needs a name") {
            model("nameless", width = 8) {
                val text by tokens(vocab = 5)
                stack(text, layers = 6) {
                    attention(heads = 2)
                    addNorm()
                }
            } shouldTell
                """
                nameless: a stack has no name
                  stack = nameless   from stack(text, layers = 6)  Here.kt:_
                  Name it with the property that holds it: val encoder by stack(text, layers = 6)
                """
        }

        test("a choice is said before the first component") {
            model("late", width = 8) {
                val text by tokens(vocab = 5)
                layout = PreNorm
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
            } shouldTell
                """
                late: layout is said too late
                  layout = PreNorm   from layout = PreNorm  Here.kt:_
                  Say layout before "text", the first component.
                """
        }

        test("a cross-attention without an attention before it says its heads") {
            model("headless", width = 8) {
                val text by tokens(vocab = 5)
                val memory by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val reader by
                    stack(text, layers = 2) {
                        crossAttention(from = memory)
                        addNorm()
                    }
            } shouldTell
                """
                reader/*/crossAttention: how many heads it has is not known
                  heads = left out   from crossAttention(from = memory)  Here.kt:_
                  No attention of its block comes before it to take them from. Say crossAttention(from = memory, heads = 8).
                """
        }

        test("names are legal, free, and said once") {
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
            model("two\nlines", width = 8) {
                val text by tokens(vocab = 5)
            } shouldTell
                """
                model: its name cannot be printed
                  name = "two?lines"
                  Give it a name on one line.
                """
        }

        test("a second attention of a block has a name for its path") {
            model("twice", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        attention(heads = 2, name = "attention2")
                        addNorm()
                    }
            } shouldTell ""
        }

        test("an odd width has no sines and cosines, and an odd head no pairs to turn") {
            model("odd", width = 9) {
                val text by tokens(vocab = 5) { sinusoidal() }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 3) { rotary() }
                        addNorm()
                    }
            } shouldTell
                """
                text: sines and cosines need an even width
                  width = 9   from model("odd", width = 9)  Here.kt:_
                  Try width = 10.

                decoder/0/attention: rotary positions turn pairs, and a head has an odd width
                  headWidth = 3
                  heads = 3       from attention(heads = 3)  Here.kt:_
                  Choose heads so that width / heads is even, or say attention(heads = 3, headWidth = 4).
                """
        }

        test("heads of keys and values divide the heads") {
            model("groups", width = 12) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 2) {
                        attention(heads = 6, keyValueHeads = 4)
                        addNorm()
                    }
            } shouldTell
                """
                decoder/*/attention: heads of keys and values do not divide heads
                  heads = 6           from attention(heads = 6, keyValueHeads = 4)  Here.kt:_
                  keyValueHeads = 4   from attention(heads = 6, keyValueHeads = 4)  Here.kt:_
                  Each head of keys and values serves the same number of query heads. Try keyValueHeads = 3.
                """
        }

        test("a window reaches somewhere, and a scale is a positive number") {
            model("window", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2) {
                            mask = !Window(-1)
                            scale = 0.0
                            rotary(base = -1.0)
                        }
                        addNorm()
                    }
            } shouldTell
                """
                decoder/0/attention: scale is not a positive number
                  scale = 0.0   from attention(heads = 2)  Here.kt:_
                  Say a number above 0.

                decoder/0/attention: a window reaches less than nothing
                  reach = -1   from attention(heads = 2)  Here.kt:_
                  Window(0) is a token alone, Window(128) 128 more on each side.

                decoder/0/attention: base is not a positive number
                  base = -1.0   from attention(heads = 2)  Here.kt:_
                  Say a number above 0.
                """
        }

        test("vectors of another width than the model's are projected") {
            model("vectors", width = 8) {
                val sound by vectors(features = 80)
                val next by logits(sound)
            } shouldTell
                """
                sound: what it gives does not have the model's width
                  given = 80   from vectors(features = 80)       Here.kt:_
                  width = 8    from model("vectors", width = 8)  Here.kt:_
                  Say vectors(features = 80) { project() }.

                next: over which tokens is not known
                  vocab = left out   from logits(sound)  Here.kt:_
                  There are no tokens below it to take the vocabulary from. Say logits(sound, vocab = 32).
                """
        }

        test("tables are tied to one of the same sizes, that comes before") {
            val other =
                model("other", width = 16) {
                    val words by tokens(vocab = 5)
                }
            Heddle.model("tied", 8) { scope ->
                val text = scope.tokens("text", 5)
                val words = other.component("words") as io.heddle.model.TokenInput
                scope.tokens("more", words)
                scope.logits("next", text, words)
            } shouldTell
                """
                more: "words" has no table of its own that comes before
                  tiedTo = words   from tokens(tiedTo = words)  Here.kt:_
                  Tie it to one of: text.

                next: "words" has no table of its own that comes before
                  tiedTo = words   from logits(text, tiedTo = words)  Here.kt:_
                  Tie it to one of: text.
                """
            model("sizes", width = 8) {
                val text by tokens(vocab = 5, width = 4)
                val wide by tokens(vocab = 5)
                val decoder by
                    stack(wide, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
            } shouldTell
                """
                next: the table it is tied to has other sizes
                  table of text = [5, 4]   from tokens(vocab = 5, width = 4)    Here.kt:_
                  wanted = [5, 8]          from logits(decoder, tiedTo = text)  Here.kt:_
                  Leave tiedTo out, or give both the same width and vocabulary.
                """
        }

        context("in a document, what is read") {
            val written = ModelJson.write(translation(width = 20, heads = 5))

            fun read(change: (Model) -> Model) =
                ModelJson.read(ModelJson.write(change(ModelJson.read(written, "a.json"))), "nmt.json")

            fun Model.with(components: List<io.heddle.model.Component>) =
                Model(name, width, components, objectives, frozen)

            test("comes before") {
                read { it.with(listOf(0, 1, 3, 2, 4).map { at -> it.components[at] }) } shouldTell
                    """
                    decoder/*/crossAttention: "encoder" comes later
                      from = encoder   from $.components[2].layers[0].parts[2]  nmt.json:133
                      Move "encoder" before "decoder", or name one that comes before: source, target.
                    """
            }
            test("is there") {
                read { model -> model.with(model.components.filter { it.name != "encoder" }) } shouldTell
                    """
                    decoder/*/crossAttention: there is no "encoder"
                      from = encoder   from $.components[2].layers[0].parts[2]  nmt.json:133
                      Name one of: source, target.
                    """
            }
            test("is a sequence, and not itself") {
                read { model ->
                    val encoder = model.component("encoder") as Stack
                    val next = model.component("next") as Logits
                    val more = encoder.copy(name = "more", input = "next", layout = PreNorm)
                    model.with(
                        model.components.map { if (it == encoder) encoder.copy(input = "encoder") else it } +
                            more +
                            next.copy(name = "again")
                    )
                } shouldTell
                    """
                    encoder: "encoder" looks at itself
                      input = encoder   from $.components[2]  nmt.json:61
                      It may look at what comes before it. Name one of: source, target.

                    more: "next" is not a sequence
                      input = next   from $.components[5]  nmt.json:291
                      Name one of: source, target, encoder, decoder.
                    """
            }
            test("has its width") {
                read { model ->
                    model.with(model.components.map { if (it is Stack) it.copy(width = 30) else it })
                } shouldTell
                    """
                    encoder: its input has another width
                      width of encoder = 30   from $.components[2]  nmt.json:61
                      width of source = 20    from $.components[0]  nmt.json:7
                      Give both the same width.

                    decoder: its input has another width
                      width of decoder = 30   from $.components[3]  nmt.json:137
                      width of target = 20    from $.components[1]  nmt.json:34
                      Give both the same width.

                    next: the table it is tied to has other sizes
                      table of target = [100, 20]   from $.components[1]  nmt.json:34
                      wanted = [100, 30]            from $.components[4]  nmt.json:261
                      Leave tiedTo out, or give both the same width and vocabulary.
                    """
            }
            test("is trained for") {
                val loss = CrossEntropy("decoder", 0.0, Depth.LastLayer, 1.0)
                read { Model(it.name, it.width, it.components, listOf(loss), emptyList()) } shouldTell
                    """
                    objective: there are no logits or classes "decoder"
                      Name one of: next.
                    """
            }
            test("has a table") {
                read { model ->
                    model.with(
                        model.components.map { if (it is Logits) it.copy(table = Table.Tied("encoder")) else it }
                    )
                } shouldTell
                    """
                    next: "encoder" has no table of its own that comes before
                      tiedTo = encoder   from $.components[4]  nmt.json:261
                      Tie it to one of: source, target.
                    """
            }
            test("has heads of some width") {
                read { model ->
                    model.with(
                        model.components.map { component ->
                            if (component !is Stack) component
                            else
                                component.copy(
                                    layers =
                                        component.layers.map { layer ->
                                            layer.copy(
                                                parts =
                                                    layer.parts.map {
                                                        if (it is Attention) it.copy(headWidth = 0) else it
                                                    }
                                            )
                                        }
                                )
                        }
                    )
                } shouldTell
                    """
                    encoder/*/attention: headWidth is not positive
                      headWidth = 0   from $.components[2].layers[0].parts[0]  nmt.json:77
                      Say 1 or more.

                    decoder/*/attention: headWidth is not positive
                      headWidth = 0   from $.components[3].layers[0].parts[0]  nmt.json:153
                      Say 1 or more.
                    """
            }
        }

        test("what is wrong is thrown where a legal model is needed") {
            told { translation(width = 500, heads = 8).checked() } shouldStartWith
                "decoder/*/attention: heads do not divide width\n"
        }
    })
