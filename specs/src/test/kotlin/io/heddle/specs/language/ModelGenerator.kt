package io.heddle.specs.language

import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.Component
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.EmbeddingScale
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Layer
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Part
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.Rotary
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.BranchScale
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Identity
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.LayerNorm
import io.heddle.terms.Mask
import io.heddle.terms.Norm
import io.heddle.terms.Normal
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.QuickGelu
import io.heddle.terms.Relu
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryPairs
import io.heddle.terms.Self
import io.heddle.terms.Sigmoid
import io.heddle.terms.Silu
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.Tanh
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.Window
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import kotlin.random.Random

/** Any legal model, small. */
val anyModel: Arb<Model> = arbitrary { ModelGenerator(it.random).model() }

/** Any mask. */
val anyMask: Arb<Mask> = arbitrary { ModelGenerator(it.random).mask(depth = 3) }

private class ModelGenerator(private val random: Random) {
    private val width = 2 * random.nextInt(1, 8)

    private fun chance() = random.nextBoolean()

    private fun <T> one(vararg choices: () -> T): T = choices[random.nextInt(choices.size)]()

    private fun rate() = one({ 0.0 }, { 0.1 }, { random.nextDouble() })

    private fun amount() = one({ 1.0 }, { 1e-5 }, { 500_000.0 }, { random.nextDouble() + Double.MIN_VALUE })

    private fun branches() = one({ BranchScale.Same }, { BranchScale.ByDepth })

    private fun initializer(): Initializer =
        one(
            { XavierUniform(amount()) },
            { XavierNormal(amount()) },
            { KaimingUniform },
            { KaimingNormal },
            { Normal(amount(), branches()) },
            { TruncatedNormal(amount(), branches()) },
        )

    private fun norm(): Norm = one({ LayerNorm(amount()) }, { RmsNorm(amount()) })

    private fun activation() =
        one({ Relu }, { Gelu }, { GeluTanh }, { QuickGelu }, { Silu }, { Sigmoid }, { Tanh }, { Identity })

    fun mask(depth: Int): Mask =
        if (depth == 0 || chance()) one<Mask>({ Everything }, { Causal }, { Self }, { Window(random.nextInt(9)) })
        else one({ mask(depth - 1) and mask(depth - 1) }, { mask(depth - 1) or mask(depth - 1) }, { !mask(depth - 1) })

    private fun position(): Position =
        one(
            { Position.None },
            { Position.Sinusoidal(one({ SinusoidOrder.Interleaved }, { SinusoidOrder.Concatenated })) },
            { Position.Learned(random.nextInt(1, 99), initializer()) },
        )

    private fun attention(): Attention {
        val groups = random.nextInt(1, 4)
        val pairs = one({ RotaryPairs.Interleaved }, { RotaryPairs.HalfSplit })
        return Attention(
            "attention",
            heads = groups * random.nextInt(1, 4),
            keyValueHeads = groups,
            headWidth = 2 * random.nextInt(1, 5),
            mask(depth = 2),
            one({ Rotary.None }, { Rotary.Turned(amount(), pairs) }),
            scale(),
            rate(),
            chance(),
            initializer(),
        )
    }

    private fun scale() = one({ AttentionScale.RootHeadWidth }, { AttentionScale.Fixed(amount()) })

    private fun crossAttention(from: String) =
        CrossAttention("crossAttention", from, 2, 1, random.nextInt(1, 5), scale(), rate(), chance(), initializer())

    private fun feedForward() =
        FeedForward(
            "feedForward",
            random.nextInt(1, 40),
            activation(),
            one({ Gate.None }, { Gate.Gated }),
            rate(),
            chance(),
            initializer(),
        )

    private fun addNorm() = AddNorm(norm(), chance(), rate())

    private fun layer(from: String?): Layer {
        val parts = mutableListOf<Part>(attention(), addNorm())
        if (from != null) parts += listOf(crossAttention(from), addNorm())
        parts += feedForward()
        if (chance()) parts += addNorm()
        return Layer(parts)
    }

    private fun stack(name: String, input: String, from: String?): Stack {
        val repeated = layer(from)
        val layers = List(random.nextInt(1, 5)) { if (chance()) repeated else layer(from) }
        return Stack(name, input, width, one({ PostNorm }, { PreNorm }), layers)
    }

    private fun tokens(name: String, vocabulary: Int, table: Table) =
        TokenInput(
            name,
            vocabulary,
            width,
            table,
            one({ EmbeddingScale.None }, { EmbeddingScale.RootWidth }),
            position(),
            rate(),
        )

    private fun own() = Table.Own(initializer())

    fun model(): Model {
        val vocabulary = random.nextInt(1, 50)
        val components = mutableListOf<Component>(tokens("source", vocabulary, own()))
        if (chance()) {
            val projection = Projection.Linear(initializer(), chance())
            components += VectorInput("sound", random.nextInt(1, 9), width, projection, position(), rate())
        }
        components += stack("encoder", components.last().name, from = null)
        components += tokens("target", vocabulary, one({ own() }, { Table.Tied("source") }))
        if (chance()) components += NormComponent("memory", "encoder", width, norm(), chance())
        val memory = if (components.last() is NormComponent) "memory" else "encoder"
        components += stack("decoder", "target", memory)
        components += Logits("next", "decoder", vocabulary, one({ own() }, { Table.Tied("source") }), chance())
        return Model("generated", width, components, listOf(CrossEntropy("next", rate())))
    }
}
