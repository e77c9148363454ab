package io.heddle.specs.language

import io.heddle.dsl.BlockScope
import io.heddle.dsl.Heddle
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.BranchFactor
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.EmbeddingScale
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Logits
import io.heddle.model.NormComponent
import io.heddle.model.Part
import io.heddle.model.Position
import io.heddle.model.Rotary
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.rules.check
import io.heddle.specs.callers.GptInJava
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Depth
import io.heddle.terms.Gelu
import io.heddle.terms.LayerNorm
import io.heddle.terms.Normal
import io.heddle.terms.PositionTarget
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Relu
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Silu
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.types.shouldBeInstanceOf

private inline fun <reified Kind : Part> Stack.parts(): List<Kind> =
    layers.flatMap { it.parts }.filterIsInstance<Kind>()

/** A block of one's own. */
private fun BlockScope.gatedBlock(heads: Int, reach: Int) {
    attention(heads) { mask = Window(reach) }
    addNorm()
    feedForward(hidden = 3 * width) { gated(Silu) }
    addNorm()
}

class LanguageSpec :
    FunSpec({
        fun stack(model: io.heddle.model.Model, name: String) = model.component(name) as Stack

        context("the readings of the design are legal as they are written") {
            listOf(Models.nmt, Models.preNorm, Models.gpt, Models.transformer).forEach { model ->
                test("${model.name}, ${stack(model, "decoder").layout}") { model.check().shouldBeEmpty() }
            }
        }

        test("a component is named by its property") {
            Models.nmt.components.map { it.name } shouldContainExactly
                listOf("source", "target", "encoder", "decoder", "next")
        }

        test("a cross-attention takes its heads from the attention of its block") {
            val cross = stack(Models.nmt, "decoder").parts<CrossAttention>()
            cross.map { it.heads }.distinct() shouldBe listOf(8)
            cross.map { it.headWidth }.distinct() shouldBe listOf(64)
            cross.map { it.from }.distinct() shouldBe listOf("encoder")
        }

        test("a cross-attention may have heads of its own") {
            val model =
                model("heads", width = 12) {
                    val text by tokens(vocab = 5)
                    val memory by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                            crossAttention(from = memory, heads = 6, keyValueHeads = 3)
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = text)
                }
            val cross = stack(model, "decoder").parts<CrossAttention>().single()
            listOf(cross.heads, cross.keyValueHeads, cross.headWidth) shouldBe listOf(6, 3, 2)
            model.check().shouldBeEmpty()
        }

        test("what is left out is as in the paper") {
            val attention = stack(Models.nmt, "encoder").parts<Attention>().first()
            attention.keyValueHeads shouldBe 8
            attention.scale shouldBe AttentionScale.RootHeadWidth
            attention.rotary shouldBe Rotary.None
            val feedForward = stack(Models.nmt, "encoder").parts<FeedForward>().first()
            feedForward.hidden shouldBe 4 * 512
            feedForward.activation shouldBe Relu
            feedForward.gate shouldBe Gate.None
            stack(Models.nmt, "encoder").parts<AddNorm>().first() shouldBe
                AddNorm(LayerNorm(1e-5), bias = true, dropout = 0.0, skip = 0.0, BranchFactor.One)
            stack(Models.nmt, "encoder").layout shouldBe PostNorm
        }

        test("gated(Silu) multiplies the inside by a second map, over the hidden width that was said") {
            val feedForward = stack(Models.nmt, "decoder").parts<FeedForward>().first()
            listOf(feedForward.hidden, feedForward.activation, feedForward.gate) shouldBe listOf(2048, Silu, Gate.Gated)
        }

        test(
            "a tied input takes table, positions, scale and dropout from the one it is tied to, until another is said"
        ) {
            val model =
                model("tied", width = 8) {
                    val source by
                        tokens(vocab = 5) {
                            sinusoidal()
                            scaled()
                            dropout = 0.3
                        }
                    val target by tokens(tiedTo = source)
                    val third by
                        tokens(tiedTo = target) {
                            learnedPositions(9)
                            dropout = 0.0
                        }
                    val fourth by tokens(tiedTo = source) { noPositions() }
                }
            val (source, target, third) = model.all<TokenInput>()
            target shouldBe source.copy(name = "target", table = Table.Tied("source"))
            third.table shouldBe Table.Tied("source")
            third.scale shouldBe EmbeddingScale.RootWidth
            third.position.shouldBeInstanceOf<Position.Learned>().length shouldBe 9
            third.dropout shouldBe 0.0
            (model.component("fourth") as TokenInput).position shouldBe Position.None
        }

        test("in the paper's model both inputs have sines and cosines and are scaled") {
            Models.transformer.all<TokenInput>().forEach {
                it.position shouldBe Position.Sinusoidal(SinusoidOrder.Interleaved, PositionTarget.Input)
                it.scale shouldBe EmbeddingScale.RootWidth
                it.dropout shouldBe 0.1
            }
        }

        test("an initializer holds for learned positions too, wherever it is said") {
            val model =
                model("late", width = 8) {
                    val text by
                        tokens(vocab = 5) {
                            learnedPositions(4)
                            initializer = Normal(0.02)
                        }
                }
            val text = model.component("text") as TokenInput
            text.position shouldBe Position.Learned(4, 0, Normal(0.02), PositionTarget.Input)
            text.table shouldBe Table.Own(Normal(0.02))
        }

        test("choices of the model hold in all of its parts, and a part may choose otherwise") {
            val model =
                model("choices", width = 8) {
                    layout = PreNorm
                    norm = RmsNorm()
                    bias = false
                    dropout = 0.1
                    attentionDropout = 0.2
                    initializer = Normal(0.02)
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) {
                                causal()
                                bias = true
                            }
                            addNorm(LayerNorm())
                            feedForward { dropout = 0.4 }
                            addNorm()
                        }
                    val next by logits(decoder)
                }
            val decoder = stack(model, "decoder")
            decoder.layout shouldBe PreNorm
            decoder.parts<Attention>().single().run { listOf(bias, dropout, initializer) } shouldBe
                listOf(true, 0.2, Normal(0.02))
            decoder.parts<FeedForward>().single().run { listOf(bias, dropout) } shouldBe listOf(false, 0.4)
            decoder.parts<AddNorm>() shouldBe
                listOf(
                    AddNorm(LayerNorm(), false, 0.1, 0.0, BranchFactor.One),
                    AddNorm(RmsNorm(), false, 0.1, 0.0, BranchFactor.One),
                )
            (model.component("text") as TokenInput).dropout shouldBe 0.1
            (model.component("next") as Logits).table shouldBe Table.Own(Normal(0.02))
        }

        test("causal() is and-ed with the mask, whichever is said first") {
            fun mask(describe: io.heddle.dsl.AttentionScope.() -> Unit) =
                stack(
                        model("m", width = 8) {
                            val text by tokens(vocab = 5)
                            val decoder by
                                stack(text, layers = 1) {
                                    attention(heads = 2, configure = describe)
                                    addNorm()
                                }
                        },
                        "decoder",
                    )
                    .parts<Attention>()
                    .single()
                    .mask
            mask {
                causal()
                mask = Window(3)
            } shouldBe Both(Causal, Window(3))
            mask {
                mask = Window(3)
                causal()
            } shouldBe Both(Causal, Window(3))
            mask { causal() } shouldBe Causal
        }

        test("layers may differ, by their number") {
            val model =
                model("windows", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 4) { layer ->
                            attention(heads = 2) {
                                causal()
                                if (layer % 2 == 0) mask = Window(256)
                            }
                            addNorm()
                        }
                }
            stack(model, "decoder").parts<Attention>().map { it.mask } shouldBe
                listOf(Causal and Window(256), Causal, Causal and Window(256), Causal)
        }

        test("a block of one's own is a function on the scope, and knows the width of its stack") {
            val model =
                model("own", width = 12) {
                    val text by tokens(vocab = 5)
                    val decoder by stack(text, layers = 2) { layer -> gatedBlock(heads = 2, reach = layer) }
                }
            val decoder = stack(model, "decoder")
            decoder.parts<FeedForward>().map { it.hidden } shouldBe listOf(36, 36)
            decoder.parts<Attention>().map { it.mask } shouldBe listOf(Window(0), Window(1))
        }

        test("rotary positions belong to an attention, and heads of keys and values may be fewer") {
            val model =
                model("llama", width = 64) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 8, keyValueHeads = 2) {
                                causal()
                                rotary(base = 500_000.0)
                            }
                            addNorm()
                        }
                }
            val attention = stack(model, "decoder").parts<Attention>().single()
            attention.rotary shouldBe Rotary.Turned(500_000.0, RotaryPairs.HalfSplit, RotaryScaling.None, 1.0)
            listOf(attention.heads, attention.keyValueHeads, attention.headWidth) shouldBe listOf(8, 2, 8)
        }

        test("without an objective, the cross entropy of every logits is made small") {
            Models.gpt.objectives shouldBe listOf(CrossEntropy("next", 0.0, Depth.LastLayer, 1.0))
            val smoothed =
                model("smoothed", width = 8) {
                    val text by tokens(vocab = 5)
                    val next by logits(text, tiedTo = text)
                    objective { crossEntropy(next, labelSmoothing = 0.1) }
                }
            smoothed.objectives shouldBe listOf(CrossEntropy("next", 0.1, Depth.LastLayer, 1.0))
        }

        test("logits without a vocabulary take that of the tokens below them") {
            val model =
                model("below", width = 8) {
                    val text by tokens(vocab = 7)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val last by norm(decoder)
                    val next by logits(last)
                    val other by logits(last, vocab = 3) { bias = true }
                }
            model.all<Logits>().map { it.vocabulary } shouldBe listOf(7, 3)
            model.all<Logits>().map { it.bias } shouldBe listOf(false, true)
            (model.component("last") as NormComponent).norm shouldBe LayerNorm()
        }

        test("vectors come to the model's width by project()") {
            val model =
                model("sound", width = 8) {
                    val sound by
                        vectors(features = 80) {
                            project()
                            sinusoidal()
                        }
                    val encoder by
                        stack(sound, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                }
            (model.component("sound") as VectorInput).width shouldBe 8
            model.check().shouldBeEmpty()
        }

        context("a variant is an edit") {
            test("of the layout, and of nothing else") {
                Models.preNorm.all<Stack>().map { it.layout } shouldBe listOf(PreNorm, PreNorm)
                Models.preNorm.edit { layout = PostNorm } shouldBe Models.nmt
                Models.preNorm shouldNotBe Models.nmt
            }
            test("of norms, rates and the name") {
                val variant =
                    Models.transformer.edit {
                        name = "variant"
                        norm = RmsNorm()
                        dropout = 0.3
                        attentionDropout = 0.1
                    }
                variant.name shouldBe "variant"
                stack(variant, "decoder").parts<AddNorm>().distinct() shouldBe
                    listOf(AddNorm(RmsNorm(), true, 0.3, 0.0, BranchFactor.One))
                stack(variant, "decoder").parts<CrossAttention>().map { it.dropout }.distinct() shouldBe listOf(0.1)
                variant.all<TokenInput>().map { it.dropout } shouldBe listOf(0.3, 0.3)
                variant.check().shouldBeEmpty()
            }
            test("and reads what is there") {
                Models.gpt.edit {
                    listOf(layout, norm, dropout, attentionDropout, name) shouldBe
                        listOf(PreNorm, LayerNorm(), 0.0, 0.0, "gpt-char")
                } shouldBe Models.gpt
            }
        }

        test("a model says the same in Java, without a Kotlin type in its way") {
            GptInJava.gpt() shouldBe Models.gpt
            (GptInJava.gpt().component("decoder") as Stack).parts<FeedForward>().first().activation shouldBe Gelu
        }

        test("every word has its form for Java") {
            val kotlin =
                model("every-word", width = 16) {
                    dropout = 0.1
                    norm = LayerNorm(1e-6)
                    val source by
                        tokens(vocab = 9) {
                            sinusoidal()
                            scaled()
                        }
                    val target by tokens(tiedTo = source)
                    val encoder by
                        stack(source, layers = 2) { layer ->
                            attention(heads = layer + 1)
                            addNorm()
                            feedForward(hidden = 32) { dropout = 0.2 }
                            addNorm()
                        }
                    val decoder by
                        stack(target, layers = 1) {
                            attention(heads = 2) {
                                causal()
                                rotary()
                            }
                            addNorm()
                            crossAttention(from = encoder) { scale = 1.0 }
                            addNorm()
                            feedForward()
                            addNorm()
                        }
                    val last by norm(decoder)
                    val next by logits(last, tiedTo = target)
                    objective { crossEntropy(next, labelSmoothing = 0.1) }
                }
            GptInJava.everyWord() shouldBe kotlin.edit { layout = PreNorm }
            GptInJava.everyWord().check().shouldBeEmpty()
        }

        test("equal descriptions are equal values, however they were said") {
            Models.tiny(layers = 2) shouldBe Models.tiny(layers = 2)
            Models.tiny(layers = 2).hashCode() shouldBe Models.tiny(layers = 2).hashCode()
            Models.tiny(layers = 2) shouldNotBe Models.tiny(layers = 3)
            Heddle.edit(Models.gpt) { it.name = "gpt-char" } shouldBe Models.gpt
        }
    })
