package io.heddle.dsl

import io.heddle.model.AddNorm
import io.heddle.model.BranchFactor
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Weights
import io.heddle.terms.Norm
import java.util.function.Consumer

/** What may be said of a residual. */
@HeddleDsl
public class AddNormScope internal constructor(private val start: AddNorm) {
    private var factor = start.scale

    /** The norm. */
    @set:JvmName("norm") public var norm: Norm = start.norm

    /** Whether a layer norm adds a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = start.bias

    /** The rate at which numbers of the branch are dropped. */
    @set:JvmName("dropout") public var dropout: Double = start.dropout

    /** The rate at which a sequence goes without the branch in training (arXiv 1603.09382). */
    @set:JvmName("skip") public var skip: Double = start.skip

    /** Multiplies the branch by a trained number for each feature, which begins at [start] (arXiv 2103.17239). */
    public fun layerScale(start: Double) {
        factor = BranchFactor.Trained(start)
    }

    internal fun addNorm(): AddNorm = AddNorm(norm, bias, dropout, skip, factor)
}

/** What may be said of experts: the feed-forward that each of them is. */
@HeddleDsl
public class ExpertsScope internal constructor(public val width: Int, private val defaults: Defaults) {
    private var weights: Weights = Weights.AsStack
    private var expert: FeedForward = defaults.feedForward("expert", BlockScope.HIDDEN_WIDTHS * width)

    /** Each expert is a feed-forward; see [io.heddle.model.FeedForward]. */
    @JvmSynthetic
    public fun feedForward(
        hidden: Int = BlockScope.HIDDEN_WIDTHS * width,
        configure: FeedForwardScope.() -> Unit = {},
    ) {
        expert = FeedForwardScope(defaults.feedForward("expert", hidden)).apply(configure).feedForward()
    }

    /** `feedForward { configure }`. */
    @JvmOverloads
    public fun feedForward(configure: Consumer<FeedForwardScope> = Consumer {}): Unit = feedForward {
        configure.accept(this)
    }

    /** `feedForward(hidden)`. */
    public fun feedForward(hidden: Int): Unit = feedForward(hidden) {}

    /** `feedForward(hidden) { configure }`. */
    public fun feedForward(hidden: Int, configure: Consumer<FeedForwardScope>): Unit =
        feedForward(hidden) { configure.accept(this) }

    /** Weights of their own, whatever the stack shares. */
    public fun ownWeights() {
        weights = Weights.Own
    }

    internal fun experts(name: String, count: Int, topK: Int, capacity: Double) =
        Experts(name, count, topK, capacity, expert, weights)
}
