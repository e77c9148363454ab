package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Dense
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.rules.check
import io.heddle.terms.Causal
import io.heddle.terms.Depth
import io.heddle.terms.Ending
import io.heddle.terms.Gelu
import io.heddle.terms.Normal
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.heddle.terms.Shared
import io.heddle.terms.Temperature
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf

/** What an edit makes of a model is what a description of the result would have said. */
class EditVerbsSpec :
    StringSpec({
        fun tiny(
            heads: Int = 2,
            keyValueHeads: Int = heads,
            headWidth: Int? = null,
            valueWidth: Int? = null,
            layers: Int = 1,
        ) =
            model("tiny", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers) {
                        attention(heads, keyValueHeads, headWidth, valueWidth) { causal() }
                        addNorm()
                        feedForward(hidden = 16)
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
            }

        infix fun Model.becomes(other: Model) {
            check().shouldBeEmpty()
            this shouldBe other
        }

        "heads of attentions" {
            tiny().edit { attention("decoder", heads = 4) } becomes tiny(heads = 4)
            tiny().edit { attention("decoder", keyValueHeads = 1) } becomes tiny(keyValueHeads = 1)
            tiny().edit { attention("decoder", headWidth = 6) } becomes tiny(headWidth = 6)
            tiny().edit { attention("decoder", valueWidth = 3) } becomes tiny(valueWidth = 3)
            tiny().edit { attention("decoder", heads = 4, keyValueHeads = 2, headWidth = 3, valueWidth = 5) } becomes
                tiny(4, 2, 3, 5)
            // A width that is said is the answer to heads that do not divide.
            tiny().edit { attention("decoder", heads = 3) }.edit { attention("decoder", headWidth = 4) } becomes
                tiny(3, headWidth = 4)
        }

        "heads of cross-attentions" {
            val cross = Models.nmt.edit { crossAttention("decoder/0", heads = 4, keyValueHeads = 2) }
            val first =
                (cross.component("decoder") as Stack).layers[0].parts.filterIsInstance<CrossAttention>().single()
            listOf(first.heads, first.keyValueHeads, first.headWidth) shouldBe listOf(4, 2, 128)
            cross.check().shouldBeEmpty()
        }

        "experts" {
            fun experts(count: Int, topK: Int, capacity: Double) =
                tiny().edit {
                    replace("decoder/0/feedForward") {
                        experts(count, topK, capacity) { feedForward(hidden = 8) { activation = Gelu } }
                        addNorm()
                    }
                }
            experts(4, 2, 1.25).edit {
                experts("decoder", count = 8, topK = 1, capacity = 2.0) { activation = Gelu }
            } becomes experts(8, 1, 2.0)
            tiny()
                .edit { replace("decoder/0/feedForward") { experts(count = 4) } }
                .edit { experts("**", topK = 9) } shouldTell
                """
                decoder/0/experts: more experts are chosen than there are
                  topK = 9   from experts("**", topK = 9)  Here.kt:_
                  Say 1 to 4; 1 is a Switch layer, 2 is usual elsewhere.
                """
        }

        "more layers, and fewer" {
            tiny(layers = 3).edit { stack("decoder", layers = 5) } becomes tiny(layers = 5)
            tiny(layers = 3).edit { stack("decoder", layers = 2) } becomes tiny(layers = 2)
        }

        "layers that take turns go on in turn, and read the layer of their own number" {
            fun turns(layers: Int) =
                model("turns", width = 8) {
                    val text by tokens(vocab = 5)
                    val encoder by
                        stack(text, layers = 8) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val decoder by
                        stack(text, layers) { layer ->
                            attention(heads = 2) { mask = if (layer % 2 == 0) Causal else Causal and Window(3) }
                            addNorm()
                            crossAttention(from = encoder.layer(layer), heads = 2)
                            addNorm()
                        }
                }
            turns(3).edit { stack("decoder", layers = 8) } becomes turns(8)
            turns(3).edit { stack("encoder", layers = 2) } shouldTell
                """
                decoder/2/crossAttention: "encoder" has no such layer
                  from = encoder/2   from crossAttention(from = encoder.layer(2), heads = 2)  Here.kt:_
                  layers = 2         from stack("encoder", layers = 2)                        Here.kt:_
                  Its layers are 0 to 1.
                """
        }

        "layers that come are told by the lines of those they repeat, and layers that cannot be by the edit" {
            val broken = tiny().edit { attention("decoder/0") { scale = -1.0 } }
            broken.edit { stack("decoder", layers = 3) } shouldTell
                """
                decoder/*/attention: scale is not a positive number
                  scale = -1.0   from attention("decoder/0")  Here.kt:_
                  Say a number above 0.
                """
            tiny().edit { stack("decoder", layers = 0) } shouldTell
                """
                decoder: the stack has no layers
                  layers = 0   from stack("decoder", layers = 0)  Here.kt:_
                  Say how many: stack(text, layers = 6).
                """
            tiny().edit { stack("decoder", layers = 20_000) }.check().map { it.title } shouldBe
                listOf("the stack has too many layers")
        }

        "one stack alone" {
            val edited =
                Models.nmt.edit {
                    stack("encoder") {
                        layout = PreNorm
                        weights = Shared
                        ending = Ending.Bare
                    }
                }
            val (encoder, decoder) = edited.all<Stack>()
            listOf(encoder.layout, encoder.sharing, encoder.ending) shouldBe listOf(PreNorm, Shared, Ending.Bare)
            decoder shouldBe Models.nmt.component("decoder")
        }

        "bias and initializer everywhere" {
            fun said(bias: Boolean) =
                model("said", width = 8) {
                    this.bias = bias
                    if (!bias) initializer = Normal(0.5)
                    val text by
                        tokens(vocab = 5, width = 4) {
                            learnedPositions(9)
                            project()
                        }
                    val frames by
                        frames(features = 3) {
                            convolve(channels = 4, kernel = 3)
                            project()
                        }
                    val encoder by
                        stack(frames, layers = 1) {
                            attention(heads = 2) { relativeVectors(3) }
                            addNorm()
                            experts(count = 2)
                            addNorm()
                        }
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            crossAttention(from = encoder)
                            addNorm()
                            feedForward()
                            addNorm()
                        }
                    val normed by norm(decoder)
                    val next by
                        logits(normed, vocab = 7) {
                            dense()
                            norm()
                        }
                    val pooled by pool(encoder, Pooling.Mean) { dense() }
                    val kinds by classify(pooled, classes = 3)
                }
            said(true).edit {
                bias = false
                initializer = Normal(0.5)
            } becomes said(false)
            said(true)
                .edit { initializer = Normal(-0.5) }
                .check()
                .all { problem -> problem.facts.single().says == "initializer = ${Normal(-0.5)}" } shouldBe true
        }

        val heads =
            model("heads", width = 8) {
                val text by tokens(vocab = 5)
                val seen by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val next by logits(seen, vocab = 5) { dense() }
                val first by pool(seen, Pooling.First)
                val last by pool(seen, Pooling.Last)
                val kinds by classify(first, classes = 3)
                val box by boxes(seen)
                val alike by contrast(first, last, width = 4, temperature = Temperature.Fixed(1.0))
            }

        "what a model is asked" {
            val edited =
                heads.edit {
                    logits("next", vocab = 6) { softcap = 3.0 }
                    pool("first", Pooling.Mean) { dense(width = 6) }
                    classify("kinds", classes = 4) { multiLabel() }
                    boxes("box", layers = 2)
                    contrast("alike", width = 3)
                    contrast("alike", Temperature.Learned(0.07))
                    objective { crossEntropy("next", labelSmoothing = 0.1) }
                }
            edited.check().shouldBeEmpty()
            val next = edited.component("next") as Logits
            next.vocabulary shouldBe 6
            next.transform.dense.shouldBeInstanceOf<Dense.Layer>().width shouldBe 8
            next.table.shouldBeInstanceOf<Table.Own>()
            val first = edited.component("first") as Pool
            listOf(first.pooling, first.width) shouldBe listOf(Pooling.Mean, 6)
            (edited.component("kinds") as Classify).run { listOf(classes, "$labels") } shouldBe listOf(4, "Many")
            (edited.component("box") as Boxes).layers shouldBe 2
            (edited.component("alike") as Contrast).run { listOf(width, temperature) } shouldBe
                listOf(3, Temperature.Learned(0.07))
            edited.objectives shouldBe listOf(CrossEntropy("next", 0.1, Depth.LastLayer, 1.0))
        }

        "what is wrong with a head is told by the edit that said it" {
            heads
                .edit {
                    logits("next") { softcap = -1.0 }
                    classify("kinds", classes = 0)
                    boxes("box", layers = 0)
                    contrast("alike", width = -1)
                }
                .check()
                .map { it.facts.single().says } shouldBe
                listOf(
                    "logits(\"next\")",
                    "classify(\"kinds\", classes = 0)",
                    "boxes(\"box\", layers = 0)",
                    "contrast(\"alike\", width = -1)",
                )
            heads
                .edit {
                    logits("nxt") { softcap = 1.0 }
                    stack("sen", layers = 3)
                }
                .check()
                .map { it.title to it.mend } shouldBe
                listOf(
                    "logits(\"nxt\") fits nothing" to "Did you mean \"next\"?",
                    "stack(\"sen\") fits nothing" to "Did you mean \"seen\"?",
                )
        }

        "objectives by name, and what they are wrong about" {
            heads
                .edit {
                    classify("kinds") { multiLabel() }
                    objective {
                        binaryCrossEntropy("kinds")
                        contrastive("alike", weight = 0.5)
                        crossEntropy("nothing")
                    }
                }
                .run {
                    objectives.take(2) shouldBe listOf(BinaryCrossEntropy("kinds", 1.0), Contrastive("alike", 0.5))
                    check().single().facts.single().says shouldBe "objective { ... }"
                }
        }

        "components before, after and instead of others" {
            val edited =
                tiny().edit {
                    val text = tokensNamed("text")
                    val decoder = sequenceNamed("decoder")
                    insertComponentsBefore("decoder") {
                        val other by tokens(tiedTo = text)
                        val memory by
                            stack(other, layers = 1) {
                                attention(heads = 2)
                                addNorm()
                            }
                    }
                    val memory = sequenceNamed("memory")
                    insertAfter("decoder/0/attention") {
                        crossAttention(from = memory, heads = 2)
                        addNorm()
                    }
                    replaceComponent("next") {
                        val next by logits(decoder, vocab = 7)
                    }
                    insertComponentsAfter("next") {
                        val kind by classify(decoder, Pooling.First, classes = 2)
                    }
                }
            edited.check().shouldBeEmpty()
            edited.components.map { it.name } shouldBe listOf("text", "other", "memory", "decoder", "next", "kind")
            (edited.component("other") as TokenInput).table shouldBe Table.Tied("text")
            (edited.component("next") as Logits).vocabulary shouldBe 7
            edited.objectives.map { (it as CrossEntropy).scores } shouldBe listOf("next", "kind")
        }

        "new components are told by their own lines, and old ones forgotten" {
            tiny().edit {
                val text = sequenceNamed("text")
                replaceComponent("decoder") {
                    val decoder by stack(text, layers = 1) { attention(heads = 3) }
                }
                replaceComponent("next") {}
                insertComponentsAfter("nxt") {}
            } shouldTell
                """
                tiny: replaceComponent("next") says nothing
                  path = next   from replaceComponent("next")  Here.kt:_
                  Say what comes in its place, or remove("next").

                tiny: insertComponentsAfter("nxt") fits nothing
                  path = nxt   from insertComponentsAfter("nxt")  Here.kt:_
                  Did you mean "next"?

                decoder/0/attention: heads do not divide width
                  width = 8   from model("tiny", width = 8)  Here.kt:_
                  heads = 3   from attention(heads = 3)      Here.kt:_
                  8 is not a multiple of 3. Try width = 6 or 9, or heads = 2.
                """
        }

        "what is named is there" {
            told { tiny().edit { sequenceNamed("encoder") } }.replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead
                """
                tiny: there is no "encoder"
                  name = encoder   from "encoder"  Here.kt:_
                  Name one of: text, decoder.
                """
        }
    })
