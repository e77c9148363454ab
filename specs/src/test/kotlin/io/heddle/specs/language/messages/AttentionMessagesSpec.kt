package io.heddle.specs.language.messages

import io.heddle.dsl.BlockScope
import io.heddle.dsl.Given
import io.heddle.dsl.model
import io.heddle.lowering.weightless
import io.heddle.model.Attention
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.GuidedAttention
import io.heddle.model.Layer
import io.heddle.model.Logits
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Part
import io.heddle.model.Sequence
import io.heddle.model.Stack
import io.heddle.rules.attentions
import io.heddle.rules.checked
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.shouldTell
import io.heddle.specs.language.told
import io.heddle.terms.CopyHeads
import io.heddle.terms.Decay
import io.heddle.terms.EluPlusOne
import io.heddle.terms.MixtureSharing
import io.heddle.terms.Neighbours
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

class AttentionMessagesSpec :
    StringSpec({
        fun translation(width: Int, heads: Int, crossHeads: Int? = null): Model =
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

        "heads that do not divide the width are told once for all layers, with their lines and what to try" {
            translation(width = 500, heads = 5, crossHeads = 8) shouldTell
                """
                decoder/*/crossAttention: heads do not divide width
                  width = 500   from model("nmt-base", width = 500)             Here.kt:_
                  heads = 8     from crossAttention(from = encoder, heads = 8)  Here.kt:_
                  500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.
                """
        }

        "where a line is told, it is the line that said it" {
            val line = Throwable().stackTrace.first { it.fileName == "AttentionMessagesSpec.kt" }.lineNumber
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
                  width = 10   from model("lines", width = 10)  AttentionMessagesSpec.kt:${line + 2}
                  heads = 3    from attention(heads = 3)        AttentionMessagesSpec.kt:${line + 6}
                  10 is not a multiple of 3. Try width = 9 or 12, or heads = 2.
                """
        }

        "what follows from an attention's heads is told of the attention, and not again of the cross-attention" {
            translation(width = 500, heads = 8) shouldTell
                """
                decoder/*/attention: heads do not divide width
                  width = 500   from model("nmt-base", width = 500)  Here.kt:_
                  heads = 8     from attention(heads = 8)            Here.kt:_
                  500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.
                """
        }

        "layers that are wrong alike are told together, by their numbers where not all of them are" {
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

        "more heads than numbers have a wider width to try" {
            layer(width = 2) { attention(heads = 3) } shouldTell
                """
            decoder/0/attention: heads do not divide width
              width = 2   from model("small", width = 2)  Here.kt:_
              heads = 3   from attention(heads = 3)       Here.kt:_
              2 is not a multiple of 3. Try width = 3, or heads = 2.
            """
        }

        "heads may have a width of their own, which need not divide the model's" {
            layer(width = 10) { attention(heads = 3, headWidth = 4) } shouldTell ""
        }

        "what is wrong is thrown where a legal model is needed" {
            told { translation(width = 500, heads = 8).checked() } shouldStartWith
                "decoder/*/attention: heads do not divide width\n"
        }

        "a cross-attention is told as it was said" {
            fun said(cross: BlockScope.(Sequence) -> Unit): String =
                model("crossing", width = 32) {
                        val source by tokens(vocab = 5)
                        val target by tokens(vocab = 5)
                        val encoder by stack(source, layers = 1) { attention(heads = 2) }
                        val decoder by
                            stack(target, layers = 1) {
                                attention(heads = 4, keyValueHeads = 2, valueWidth = 4)
                                cross(encoder)
                            }
                    }
                    .origins["decoder/0/crossAttention"]
                    .says
            said { crossAttention(from = it) } shouldBe "crossAttention(from = encoder)"
            said { crossAttention(from = it, keyValueHeads = 1) } shouldBe
                "crossAttention(from = encoder, keyValueHeads = 1)"
            said { crossAttention(from = it, heads = 8, valueWidth = 3) } shouldBe
                "crossAttention(from = encoder, heads = 8, valueWidth = 3)"
        }

        "a cross-attention without an attention before it says its heads" {
            model("headless", width = 8) {
                val text by tokens(vocab = 5)
                val memory by stack(text, layers = 1) { attention(heads = 2) }
                val reader by stack(text, layers = 2) { crossAttention(from = memory) }
            } shouldTell
                """
                reader/*/crossAttention: how many heads it has is not known
                  heads = left out   from crossAttention(from = memory)  Here.kt:_
                  No attention of its block comes before it to take them from. Say crossAttention(from = memory, heads = 8).
                """
        }

        "heads are together such as a machine holds" {
            layer { attention(heads = 2_000_000, headWidth = 2_000_000) } shouldTell
                """
                decoder/0/attention: heads are too wide together
                  heads = 2000000       from attention(heads = 2000000, headWidth = 2000000)  Here.kt:_
                  headWidth = 2000000   from attention(heads = 2000000, headWidth = 2000000)  Here.kt:_
                  heads * headWidth is 4000000000000, and at most 16777216 will do.
                """
        }

        "heads have some width" {
            layer { attention(heads = 2) }
                .changedParts { (it as Attention).copy(headWidth = 0, valueWidth = -1) } shouldTell
                """
                decoder/0/attention: headWidth is not positive
                  headWidth = 0
                  Say 1 or more.

                decoder/0/attention: valueWidth is not positive
                  valueWidth = -1
                  Say 1 or more.
                """
        }

        "heads of keys and values divide the heads" {
            layer(width = 12) { attention(heads = 6, keyValueHeads = 4) } shouldTell
                """
                decoder/0/attention: heads of keys and values do not divide heads
                  heads = 6           from attention(heads = 6, keyValueHeads = 4)  Here.kt:_
                  keyValueHeads = 4   from attention(heads = 6, keyValueHeads = 4)  Here.kt:_
                  Each head of keys and values serves the same number of query heads. Try keyValueHeads = 3.
                """
        }

        "one map for queries and keys gives as many of each" {
            layer { attention(heads = 4, keyValueHeads = 2) { sharedQueriesAndKeys() } } shouldTell
                """
                decoder/0/attention: shared queries and keys have other numbers of heads
                  keyValueHeads = 2   from attention(heads = 4, keyValueHeads = 2)  Here.kt:_
                  One map for queries and keys gives as many of each: leave keyValueHeads out.
                """
        }

        "an attention of low rank knows how long sequences become" {
            layer { attention(heads = 2) { lowRank(256) } } shouldTell
                """
                decoder/0/attention: how long sequences become is not known
                  length = 0   from attention(heads = 2)  Here.kt:_
                  Say lowRank(256, length = 512), or give the input learnedPositions(512).
                """
        }

        "buckets come in pairs" {
            layer { attention(heads = 2) { hashed(buckets = 7, rounds = 2, chunk = 4) } } shouldTell
                """
                decoder/0/attention: buckets come in pairs
                  buckets = 7   from attention(heads = 2)  Here.kt:_
                  A direction and its opposite are a bucket each: say 8.
                """
        }

        "what is hashed is one sequence, and each head sorts keys of its own" {
            val plain = translation(width = 10, heads = 2, crossHeads = 2)
            val hashed = Method.Hashed(4, 1, 4, 0, Neighbours.Chunks)
            val change = { part: Part ->
                when (part) {
                    is Attention -> part.copy(method = hashed, keyValueHeads = 1)
                    is CrossAttention -> part.copy(method = hashed)
                    else -> part
                }
            }
            val components =
                plain.components.map { stack ->
                    if (stack !is Stack || stack.name != "decoder") stack
                    else stack.copy(layers = stack.layers.take(1).map { Layer(it.parts.map(change)) })
                }
            Model("hashed", 10, components, plain.objectives, emptyList()) shouldTell
                """
                decoder/0/attention: hashed does not go with shared keys
                  heads = 2
                  keyValueHeads = 1
                  Each head sorts keys of its own: say keyValueHeads = 2, or leave it out.

                decoder/0/crossAttention: hashed does not go with crossAttention
                  from = encoder
                  Leave out hashed(...): queries and keys are sorted together, as one sequence.
                """
        }

        "what has no probabilities is not asked for them" {
            val copies = Copying.From("source", "decoder/0/crossAttention", CopyHeads.Mean)
            fun copying(method: Method, vararg objectives: Objective) =
                Models.nmt
                    .changed { if (it is Logits) it.copy(copying = copies) else it }
                    .changedParts { if (it is CrossAttention) it.copy(method = method) else it }
                    .let { Model(it.name, it.width, it.components, objectives.toList(), emptyList()) }
            copying(Method.TopK(2), GuidedAttention("decoder/*", 0.2, Decay.None, 1.0)) shouldTell ""
            copying(Method.Kernel(EluPlusOne), GuidedAttention("decoder/1/*", 0.2, Decay.None, 1.0)) shouldTell
                """
                decoder/0/crossAttention: where it looks cannot be told
                  method = kernel
                  copyFrom asks for the probability of each key, and kernel has none: leave out one of the two.

                decoder/1/crossAttention: where it looks cannot be told
                  method = kernel
                  guidedAttention asks for the probability of each key, and kernel has none: leave out one of the two.
                """
            copying(Method.LowRank(2, 9, MixtureSharing.Heads)) shouldTell
                """
                decoder/0/crossAttention: where it looks cannot be told
                  method = lowRank
                  copyFrom asks for the probability of each key, and lowRank has none: leave out one of the two.
                """
        }

        "buckets that are not positive are told as such alone" {
            layer { attention(heads = 2) { hashed(buckets = -7, rounds = 2, chunk = 4) } } shouldTell
                """
                decoder/0/attention: buckets is not positive
                  buckets = -7   from attention(heads = 2)  Here.kt:_
                  Say 1 or more.
                """
        }

        "scores that are never written down cannot be changed" {
            layer {
                attention(heads = 2) {
                    kernel = EluPlusOne
                    mask = Window(3)
                    softcap = 30.0
                    dropout = 0.1
                    alibi()
                    memory(8)
                    talkingHeads()
                }
            } shouldTell
                """
                decoder/0/attention: kernel does not go with softcap
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that softcap could change.

                decoder/0/attention: kernel does not go with talkingHeads()
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that talkingHeads() could change.

                decoder/0/attention: kernel does not go with attention dropout
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that attention dropout could change.

                decoder/0/attention: kernel does not go with a mask
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that a mask could change.

                decoder/0/attention: kernel does not go with a relative position
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that a relative position could change.

                decoder/0/attention: kernel does not go with memory()
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: kernel has no scores of single keys that memory() could change.
                """
        }

        "a method that sees all keys at once takes no mask, and has no global positions" {
            layer {
                attention(heads = 2) {
                    lowRank(4, length = 64)
                    causal()
                    globalProjections()
                }
            } shouldTell
                """
                decoder/0/attention: lowRank does not go with a mask
                  method = lowRank   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: lowRank has no scores of single keys that a mask could change.

                decoder/0/attention: lowRank does not go with globalProjections()
                  method = lowRank   from attention(heads = 2)  Here.kt:_
                  Leave out one of the two: lowRank has no scores of single keys that globalProjections() could change.

                decoder/0/attention: no position is global
                  mask = Causal   from attention(heads = 2)  Here.kt:_
                  Say which: mask = Window(256) or Global(0).
                """
        }

        "memory is some, or is left out" {
            layer { attention(heads = 2) { memory(-1) } } shouldTell
                """
            decoder/0/attention: less than nothing is remembered
              memory = -1   from attention(heads = 2)  Here.kt:_
              Say memory(150), or leave it out.
            """
        }

        "what is remembered has no place in a relation" {
            model("graph", width = 8) {
                val text by tokens(vocab = 5)
                val edges by relation(text)
                val encoder by
                    stack(text, layers = 1) {
                        attention(heads = 2) {
                            mask = Given(edges) or Self
                            memory(4)
                        }
                    }
            } shouldTell
                """
                encoder/0/attention: what is remembered has no place in a relation
                  mask = Given(edges) or Self   from attention(heads = 2)  Here.kt:_
                  A relation tells of the positions of one run: leave memory() out.
                """
        }

        "maps of their own are for positions that are global" {
            layer {
                attention(heads = 2) {
                    mask = Window(2)
                    globalProjections()
                }
            } shouldTell
                """
                decoder/0/attention: no position is global
                  mask = Window(2)   from attention(heads = 2)  Here.kt:_
                  Say which: mask = Window(256) or Global(0).
                """
        }

        "an attention whose weights are asked for, and has none" {
            val summed = layer { attention(heads = 2) { kernel = EluPlusOne } }
            summed.weightless(summed.attentions().single()) shouldTell
                """
                decoder/0/attention: this attention has no weights to show
                  method = kernel   from attention(heads = 2)  Here.kt:_
                  kernel sums keys times values before any query, so that no query weighs a key. Choose another.
                """
        }
    })
