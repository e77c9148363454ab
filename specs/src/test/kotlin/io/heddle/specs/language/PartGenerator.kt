package io.heddle.specs.language

import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.Component
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.GlobalMaps
import io.heddle.model.HeadMixing
import io.heddle.model.Method
import io.heddle.model.RelationInput
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Weights
import io.heddle.terms.BatchNorm
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Everything
import io.heddle.terms.Favor
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.LayerNorm
import io.heddle.terms.Mask
import io.heddle.terms.Neighbours
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PerHead
import io.heddle.terms.PowerNorm
import io.heddle.terms.Random
import io.heddle.terms.ReluFeatures
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryScaling
import io.heddle.terms.ScaleNorm
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/** Draws the parts of layers of a stack of [width]. */
class PartGenerator(private val choices: Choices, private val width: Int) {
    /** Whether relations and relative biases, which belong to one sequence, may be named. */
    var hides: Boolean = true

    fun norm(): Norm =
        choices.one<Norm>(
            { LayerNorm(choices.amount()) },
            { RmsNorm(choices.amount()) },
            { ScaleNorm(choices.amount()) },
            { BatchNorm(choices.amount(), 0.1) },
            { PowerNorm(choices.amount(), 0.1) },
            { NoNorm },
        )

    fun mask(depth: Int, heads: Int): Mask =
        if (depth == 0 || choices.chance())
            choices.one<Mask>(
                { Everything },
                { Causal },
                { Self },
                { Window(choices.count(9) - 1, choices.count(3)) },
                { Global(0, -1) },
                { Random(choices.count(3), choices.long()) },
                { Windows2d(3, choices.count(3) - 1) },
                { Blocks(choices.count(4), mask(0, heads)) },
                { PerHead(List(if (heads % 2 == 0) 2 else 1) { mask(0, heads) }) },
            )
        else
            choices.one(
                { mask(depth - 1, heads) and mask(depth - 1, heads) },
                { mask(depth - 1, heads) or mask(depth - 1, heads) },
                { !mask(depth - 1, heads) },
            )

    fun weights(): Weights = choices.one({ Weights.AsStack }, { Weights.Own })

    fun cap(): ScoreCap = choices.one({ ScoreCap.None }, { ScoreCap.Soft(choices.amount()) })

    private fun scale() = choices.one({ AttentionScale.RootHeadWidth }, { AttentionScale.Fixed(choices.amount()) })

    private fun scaling() =
        choices.one(
            { RotaryScaling.None },
            { RotaryScaling.Linear(choices.amount()) },
            { RotaryScaling.ByFrequency(8.0, 1.0, 4.0, 64) },
        )

    private fun rotary() =
        choices.one(
            { Rotary.None },
            { Rotary.Turned(choices.amount(), choices.entry(), scaling(), choices.one({ 1.0 }, { 1.0 / 2 })) },
        )

    private fun relative(components: List<Component>): Relative =
        choices.one(
            { Relative.None },
            { Relative.Alibi },
            { Relative.Clipped(choices.count(9), choices.initializer()) },
            { Relative.Sinusoidal },
            { if (hides && components.any { it is RelativeBias }) Relative.Bias("bias") else Relative.None },
        )

    /** Everybody sees at least themselves. */
    private fun sighted(components: List<Component>, heads: Int): Mask {
        val given = hides && components.any { it is RelationInput } && choices.chance()
        return (if (given) Given("edges") else mask(2, heads)) or Self
    }

    fun attention(components: List<Component>): Attention {
        val groups = choices.count(3)
        val heads = groups * choices.count(3)
        val plain =
            Attention(
                "attention",
                heads,
                groups,
                4 * choices.count(3),
                choices.count(9),
                sighted(components, heads),
                Method.Softmax,
                choices.one({ Content.Own }, { Content.Positions }),
                rotary(),
                relative(components),
                scale(),
                cap(),
                norm(),
                choices.entry<HeadMixing>(),
                choices.count(4) - 1,
                GlobalMaps.Shared,
                choices.rate(),
                choices.chance(),
                choices.initializer(),
                weights(),
            )
        val biased =
            when {
                plain.relative is Relative.Bias -> plain.copy(heads = BIASED, keyValueHeads = 2, mask = Causal)
                "Given" in plain.mask.toString() -> plain.copy(memory = 0)
                else -> plain
            }
        return choices.one(
            { biased },
            { biased.copy(method = Method.TopK(choices.count(9))) },
            { biased.copy(mask = Window(2) or Global(0), globals = GlobalMaps.Own, memory = 0) },
            { bare(plain).copy(method = Method.LowRank(choices.count(4), 99, choices.entry()), mask = Everything) },
            {
                bare(plain)
                    .copy(
                        method = Method.Kernel(choices.one({ EluPlusOne }, { ReluFeatures(2) }, { Favor(3) })),
                        scale = AttentionScale.RootHeadWidth,
                        dropout = 0.0,
                    )
            },
            { hashed(bare(plain)) },
        )
    }

    /** Where scores are never written down, nothing is done to them. */
    private fun bare(part: Attention) =
        part.copy(
            mask = choices.one({ Everything }, { Causal }),
            relative = Relative.None,
            cap = ScoreCap.None,
            mixing = HeadMixing.None,
            memory = 0,
        )

    private fun hashed(part: Attention): Attention {
        val (buckets, rounds, chunk) = listOf(2 * choices.count(3), choices.count(2), choices.count(4))
        val seed = choices.long()
        val neighbours = if (rounds == 1) Neighbours.Bucket else Neighbours.Chunks
        return part.copy(
            method = Method.Hashed(buckets, rounds, chunk, seed, neighbours),
            content = Content.SharedQueriesAndKeys,
            keyValueHeads = part.heads,
        )
    }

    fun crossAttention(from: String): CrossAttention =
        CrossAttention(
            "crossAttention",
            from,
            2,
            1,
            choices.count(5),
            choices.count(5),
            Everything,
            choices.one({ Method.Softmax }, { Method.TopK(3) }),
            scale(),
            cap(),
            norm(),
            choices.entry<HeadMixing>(),
            choices.rate(),
            choices.chance(),
            choices.initializer(),
            weights(),
        )

    fun feedForward(name: String): FeedForward =
        FeedForward(
            name,
            choices.count(40),
            choices.activation(),
            choices.entry<Gate>(),
            choices.count(3),
            choices.entry(),
            choices.rate(),
            choices.chance(),
            choices.initializer(),
            weights(),
        )

    companion object {
        /** The heads of attentions that name the relative bias. */
        const val BIASED = 4
    }
}
