package io.heddle.recipe

import io.heddle.model.Origins
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.Transient

/**
 * How a model is trained: an immutable value that is stored beside the model.
 *
 * @property data what it learns from
 * @property batch how much of the data makes one pass
 * @property accumulation how many passes make one step; their gradients are added as if they were one batch
 * @property steps how many times the weights change
 * @property optimizer how they change
 * @property schedule what the learning rate is at each step
 * @property clipping how large a gradient may be
 * @property evaluation when the held-out data is looked at, what is measured, and what is kept
 * @property checkpointEvery after how many steps everything is saved; it is always saved at the end
 * @property seed decides initialization, order, dropout and samples
 * @property startingWeights what the first step begins with
 * @property sample what the model writes when training ends
 * @property decoderInput what a decoder reads of what was written before
 * @property rewards whether it also learns from what it writes itself, as a whole
 */
@Serializable
public data class Recipe(
    public val data: Data,
    public val batch: Batch,
    public val accumulation: Int,
    public val steps: Int,
    public val optimizer: Optimizer,
    public val schedule: Schedule,
    public val clipping: Clipping,
    public val evaluation: Evaluation,
    public val checkpointEvery: Int,
    public val seed: Long,
    public val startingWeights: StartingWeights,
    public val sample: Sample,
    public val decoderInput: DecoderInput,
    public val rewards: Rewards,
) {
    /** What problems call it: the property of the script that holds it, or `recipe`. No part of the value. */
    @Transient
    public var name: String = UNNAMED
        private set

    /** Which words said what, by the names of the properties: `optimizer.learningRate`. No part of the value. */
    @Transient
    public var origins: Origins = Origins.None
        private set

    /** This recipe, which [name] and [origins] tell of. */
    public fun toldAs(name: String, origins: Origins): Recipe =
        copy().also {
            it.name = name
            it.origins = origins
        }

    public companion object {
        /** What a recipe is called that nobody named. */
        public const val UNNAMED: String = "recipe"
    }
}

/** How much of the data makes one pass. */
@Serializable
public sealed interface Batch {
    /** [count] sequences, or pairs of them. */
    @Serializable @SerialName("sequences") public data class Sequences(public val count: Int) : Batch

    /** As many pairs of similar length as have no more than [count] tokens on either side, padding included. */
    @Serializable @SerialName("tokens") public data class Tokens(public val count: Int) : Batch
}

/** How large a gradient may be. */
@Serializable
public sealed interface Clipping {
    /** As it comes. */
    @Serializable @SerialName("none") public data object None : Clipping

    /**
     * Scaled down so that all gradients together, as one vector, are no longer than [norm] (arXiv 1211.5063, algorithm
     * 1).
     */
    @Serializable @SerialName("globalNorm") public data class GlobalNorm(public val norm: Double) : Clipping
}

/**
 * When the held-out data is looked at.
 *
 * @property every after how many steps; it is always done before the first and after the last
 * @property batches on how much of it
 * @property metrics what is measured beside the loss
 * @property keep which weights are left in the end
 */
@Serializable
public data class Evaluation(
    public val every: Int,
    public val batches: EvaluationBatches,
    public val metrics: List<Metric>,
    public val keep: Keep,
)

/** On how much of the held-out data. */
@Serializable
public sealed interface EvaluationBatches {
    /** All of it, once, in order. */
    @Serializable @SerialName("all") public data object All : EvaluationBatches

    /** [count] batches drawn anew each time, as nanoGPT's `eval_iters`. */
    @Serializable @SerialName("drawn") public data class Drawn(public val count: Int) : EvaluationBatches
}

/** What is measured beside the loss; accuracy is, wherever data has labels. */
@Serializable
public sealed interface Metric {
    /** Corpus BLEU as sacreBLEU computes it, of what greedy decoding writes for each held-out source. */
    @Serializable @SerialName("bleu") public data class Bleu(public val tokenization: BleuTokenization) : Metric

    /** Corpus chrF2 as sacreBLEU computes it: n-grams of up to 6 characters (Popovic, WMT 2015). */
    @Serializable @SerialName("chrF") public data object ChrF : Metric

    /** Corpus chrF2++: chrF2 with n-grams of one and of two words, too (Popovic, WMT 2017). */
    @Serializable @SerialName("chrFWithWords") public data object ChrFWithWords : Metric

    /** Corpus TER as sacreBLEU computes it: edits and moves over words; less is better (Snover et al., AMTA 2006). */
    @Serializable @SerialName("translationEditRate") public data object TranslationEditRate : Metric

    /** The F-scores ROUGE-1, ROUGE-2 and ROUGE-L, means over the lines (Lin 2004). */
    @Serializable @SerialName("rouge") public data object Rouge : Metric

    /** Words replaced, missing and too many, over the words of the targets; less is better. */
    @Serializable @SerialName("wordErrorRate") public data object WordErrorRate : Metric

    /** Characters replaced, missing and too many, over the characters of the targets; less is better. */
    @Serializable @SerialName("characterErrorRate") public data object CharacterErrorRate : Metric

    /** The share of held-out sources for which exactly the target is written. */
    @Serializable @SerialName("exactMatch") public data object ExactMatch : Metric

    /**
     * Precision, recall and F1 of whole entities, which tags of the form `B-kind`, `I-kind` and `O` mark, as conlleval
     * counts them (the shared task of CoNLL-2003, section 2.2).
     */
    @Serializable @SerialName("entities") public data object Entities : Metric

    /**
     * Mean average precision of boxes, over overlaps of 0.50, 0.55, ... 0.95, and at 0.5, as COCO's evaluation computes
     * it (arXiv 1405.0312).
     */
    @Serializable @SerialName("meanAveragePrecision") public data object MeanAveragePrecision : Metric
}

/** How BLEU cuts sentences into words. */
@Serializable
public enum class BleuTokenization {
    /** At blanks. */
    @SerialName("none") None,

    /** As mteval-v13a does, sacreBLEU's default. */
    @SerialName("13a") Mteval13a,

    /** Between all characters. */
    @SerialName("char") Characters,
}

/** What a model writes when its training ends. */
@Serializable
public sealed interface Sample {
    /** Nothing. */
    @Serializable @SerialName("none") public data object None : Sample

    /** [tokens] tokens after [prompt]. */
    @Serializable
    @SerialName("text")
    public data class Text(public val prompt: String, public val tokens: Int, public val decoding: Decoding) : Sample
}
