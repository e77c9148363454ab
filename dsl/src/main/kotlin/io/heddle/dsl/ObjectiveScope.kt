package io.heddle.dsl

import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Objective
import io.heddle.model.RouterSize
import io.heddle.model.Speech
import io.heddle.model.StopCrossEntropy
import io.heddle.terms.Among
import io.heddle.terms.Decay
import io.heddle.terms.Depth
import io.heddle.terms.Deviation

/** What training makes small. */
@HeddleDsl
public class ObjectiveScope internal constructor() {
    internal val objectives = mutableListOf<Objective>()

    /** The mean of `-log p(label)` over all real labels; see [io.heddle.model.CrossEntropy]. */
    @JvmOverloads
    public fun crossEntropy(
        logits: Logits,
        labelSmoothing: Double = 0.0,
        depth: Depth = Depth.LastLayer,
        weight: Double = 1.0,
    ) {
        objectives += CrossEntropy(logits.name, labelSmoothing, depth, weight)
    }

    /** The same of classes. */
    @JvmOverloads
    public fun crossEntropy(
        classes: Classify,
        labelSmoothing: Double = 0.0,
        depth: Depth = Depth.LastLayer,
        weight: Double = 1.0,
    ) {
        objectives += CrossEntropy(classes.name, labelSmoothing, depth, weight)
    }

    /** The same of the logits or the classes called [scores], where no value of theirs is at hand, as in an edit. */
    @JvmOverloads
    public fun crossEntropy(
        scores: String,
        labelSmoothing: Double = 0.0,
        depth: Depth = Depth.LastLayer,
        weight: Double = 1.0,
    ) {
        objectives += CrossEntropy(scores, labelSmoothing, depth, weight)
    }

    /** A yes or no for each of many labels; see [io.heddle.model.BinaryCrossEntropy]. */
    @JvmOverloads
    public fun binaryCrossEntropy(classes: Classify, weight: Double = 1.0) {
        objectives += BinaryCrossEntropy(classes.name, weight)
    }

    /** The same of the classes called [classes]. */
    @JvmOverloads
    public fun binaryCrossEntropy(classes: String, weight: Double = 1.0) {
        objectives += BinaryCrossEntropy(classes, weight)
    }

    /** Each pair among all of a batch; see [io.heddle.model.Contrastive]. */
    @JvmOverloads
    public fun contrastive(contrast: Contrast, weight: Double = 1.0) {
        objectives += Contrastive(contrast.name, weight)
    }

    /** The same of the contrast called [contrast]. */
    @JvmOverloads
    public fun contrastive(contrast: String, weight: Double = 1.0) {
        objectives += Contrastive(contrast, weight)
    }

    /** Boxes and classes against those of a picture; see [io.heddle.model.Matching]. */
    @JvmOverloads
    public fun matching(
        label: Classify,
        box: Boxes,
        distance: Double = 5.0,
        overlap: Double = 2.0,
        absent: Double = 0.1,
        depth: Depth = Depth.LastLayer,
        weight: Double = 1.0,
    ) {
        objectives += Matching(label.name, box.name, distance, overlap, absent, depth, weight)
    }

    /** The same of the classes called [label] and the boxes called [box]. */
    @JvmOverloads
    public fun matching(
        label: String,
        box: String,
        distance: Double = 5.0,
        overlap: Double = 2.0,
        absent: Double = 0.1,
        depth: Depth = Depth.LastLayer,
        weight: Double = 1.0,
    ) {
        objectives += Matching(label, box, distance, overlap, absent, depth, weight)
    }

    /** What is said is what is to be said; see [io.heddle.model.FrameError]. */
    @JvmOverloads
    public fun frameError(speech: Speech, deviation: Deviation = Deviation.Absolute, weight: Double = 1.0) {
        objectives += FrameError(speech.name, deviation, weight)
    }

    /** The same of the speech called [speech]. */
    @JvmOverloads
    public fun frameError(speech: String, deviation: Deviation = Deviation.Absolute, weight: Double = 1.0) {
        objectives += FrameError(speech, deviation, weight)
    }

    /** Speech ends where it should; see [io.heddle.model.StopCrossEntropy]. */
    @JvmOverloads
    public fun stopCrossEntropy(speech: Speech, positive: Double = POSITIVE, weight: Double = 1.0) {
        objectives += StopCrossEntropy(speech.name, positive, weight)
    }

    /** The same of the speech called [speech]. */
    @JvmOverloads
    public fun stopCrossEntropy(speech: String, positive: Double = POSITIVE, weight: Double = 1.0) {
        objectives += StopCrossEntropy(speech, positive, weight)
    }

    /** Experts are used alike; see [io.heddle.model.LoadBalance]. */
    @JvmOverloads
    public fun loadBalance(path: String, weight: Double = 0.01, among: Among = Among.Batch) {
        objectives += LoadBalance(path, among, weight)
    }

    /** Scores of routers stay small; see [io.heddle.model.RouterSize]. */
    @JvmOverloads
    public fun routerSize(path: String, weight: Double = 0.001) {
        objectives += RouterSize(path, weight)
    }

    /** A cross-attention follows the diagonal; see [io.heddle.model.GuidedAttention]. */
    @JvmOverloads
    public fun guidedAttention(path: String, sharpness: Double = 0.2, weight: Double = 1.0, decay: Decay = Decay.None) {
        objectives += GuidedAttention(path, sharpness, decay, weight)
    }

    internal companion object {
        /** arXiv 1809.08895, section 3.7. */
        const val POSITIVE = 5.0
    }
}
