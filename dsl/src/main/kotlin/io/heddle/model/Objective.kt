package io.heddle.model

import io.heddle.terms.Among
import io.heddle.terms.Decay
import io.heddle.terms.Depth
import io.heddle.terms.Deviation
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What training makes small; the terms are added up, each times its [weight]. */
@Serializable
public sealed interface Objective {
    public val weight: Double
}

/**
 * The mean over all real labels of `(1 - labelSmoothing) * -log p(label) + labelSmoothing * mean(-log p)` (arXiv
 * 1512.00567, section 7), where `p` is the softmax of [scores], a `logits` or a `classify`; for a chain, minus the log
 * of the probability of all labels together. The end token is a label like others; padding is none.
 *
 * @property depth where the loss is taken
 */
@Serializable
@SerialName("crossEntropy")
public data class CrossEntropy(
    public val scores: String,
    public val labelSmoothing: Double,
    public val depth: Depth,
    override val weight: Double,
) : Objective

/** The mean over all labels, true or not, of `-log sigmoid(score)` or `-log(1 - sigmoid(score))`. */
@Serializable
@SerialName("binaryCrossEntropy")
public data class BinaryCrossEntropy(public val scores: String, override val weight: Double) : Objective

/**
 * The cross entropy of each pair among all of the batch, from left to right and from right to left, halved (arXiv
 * 2103.00020, figure 3).
 */
@Serializable
@SerialName("contrastive")
public data class Contrastive(public val contrast: String, override val weight: Double) : Objective

/**
 * Boxes and classes against those of a picture, each matched once (arXiv 2005.12872, equations 1 and 2): `-log p(class)
 * + distance * |box - true| + overlap * (1 - GIoU)`, where matches are those for which the sum with `-p(class)` in its
 *   place is least. The last class is none: what is matched with nothing should have it.
 *
 * The first term is a mean by weight over all positions, the others are over the number of objects in the batch.
 *
 * @property absent the share of the loss of a position that is matched with nothing
 */
@Serializable
@SerialName("matching")
public data class Matching(
    public val label: String,
    public val box: String,
    public val distance: Double,
    public val overlap: Double,
    public val absent: Double,
    public val depth: Depth,
    override val weight: Double,
) : Objective

/**
 * `count * sum over experts of (share of positions sent to it) * (mean probability of it)`, added up over all blocks of
 * experts whose path fits [path] (arXiv 2101.03961, equation 4). Padding does not count.
 *
 * @property among among which positions shares and means are taken
 */
@Serializable
@SerialName("loadBalance")
public data class LoadBalance(public val path: String, public val among: Among, override val weight: Double) :
    Objective

/**
 * The mean over positions of `log(sum(exp(router(x))))^2`, added up over all blocks of experts whose path fits [path]:
 * it keeps the scores of routers small (arXiv 2202.08906, equation 5). Padding does not count.
 */
@Serializable
@SerialName("routerSize")
public data class RouterSize(public val path: String, override val weight: Double) : Objective

/**
 * The mean of `probability * (1 - exp(-(key / keys - query / queries)^2 / (2 sharpness^2)))` over the queries and keys
 * of a sequence, then over heads and sequences, added up over all cross-attentions whose path fits [path] (arXiv
 * 1710.08969, section 4.1). `keys` and `queries` are a sequence's own: padding does not count.
 *
 * Probabilities are those before dropout. It is for training: evaluations leave it out where there is another
 * objective, and where there is none it counts as at the first step.
 *
 * @property decay how [weight] becomes less from step to step
 */
@Serializable
@SerialName("guidedAttention")
public data class GuidedAttention(
    public val path: String,
    public val sharpness: Double,
    public val decay: Decay,
    override val weight: Double,
) : Objective

/**
 * The mean over the real frames of [speech], and over their bands, of the [deviation] of what is said from what is to
 * be said (arXiv 1710.08969, section 3.3, has the absolute one). Frames of padding do not count.
 */
@Serializable
@SerialName("frameError")
public data class FrameError(public val speech: String, public val deviation: Deviation, override val weight: Double) :
    Objective

/**
 * The mean over the real frames of [speech] of `-positive * log p` for the last frame of a sequence, and of `-log(1 -
 * p)` for all others, where `p` is the sigmoid of the score that nothing comes after it (arXiv 1809.08895, section
 * 3.7). Frames of padding do not count.
 *
 * @property positive how many times more the last frame counts, of which a sequence has only one: 5 to 8 in the paper
 */
@Serializable
@SerialName("stopCrossEntropy")
public data class StopCrossEntropy(
    public val speech: String,
    public val positive: Double,
    override val weight: Double,
) : Objective

/** The heads that an objective is about. */
internal val Objective.about: List<String>
    get() =
        when (this) {
            is CrossEntropy -> listOf(scores)
            is BinaryCrossEntropy -> listOf(scores)
            is Contrastive -> listOf(contrast)
            is Matching -> listOf(label, box)
            is FrameError -> listOf(speech)
            is StopCrossEntropy -> listOf(speech)
            is LoadBalance,
            is RouterSize,
            is GuidedAttention -> emptyList()
        }
