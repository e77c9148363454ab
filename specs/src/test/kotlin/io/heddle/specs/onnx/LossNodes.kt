package io.heddle.specs.onnx

import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.specs.support.Numbers

/** Losses of labels; classes are the second axis, and a label that is to be ignored is -1 for Heddle. */
val lossNodes: Map<String, NodeRun> =
    mapOf(
        "SoftmaxCrossEntropyLoss" to
            graphOf {
                val scores = classesLast(real(0))
                val logarithms = op(Op.LogSoftmax, scores)
                output(0, if (reduction() == "none") reduced(logarithms) else crossEntropy(scores))
                if (case.outputs.size > 1) output(1, classesSecond(logarithms))
            },
        "NegativeLogLikelihoodLoss" to graphOf { output(0, reduced(classesLast(real(0)))) },
    )

private fun NodeGraph.reduction(): String = case.text("reduction", "mean")

private fun NodeGraph.classesLast(x: Value): Value {
    val rank = x.type.shape.rank
    return op(Op.Permute(listOf(0) + (2 until rank) + 1), x)
}

private fun NodeGraph.classesSecond(x: Value): Value {
    val rank = x.type.shape.rank
    return op(Op.Permute(listOf(0, rank - 1) + (1 until rank - 1)), x)
}

private fun NodeGraph.labels(): Numbers {
    val ignored = case.whole("ignore_index", Int.MIN_VALUE)
    return case.input(1).map { if (it.toInt() == ignored) -1.0 else it }
}

/**
 * The sum that Heddle trains with, times a normalizer that is given, as a trainer gives it. Classes with weights are a
 * loss each, in which the labels of all others are ignored.
 */
private fun NodeGraph.crossEntropy(scores: Value): Value {
    val labels = labels()
    fun loss(name: String, of: Numbers) = op(Op.CrossEntropy(0.0), scores, given(name, of, Element.Index))
    val weights = case.inputOrNull(2)
    val sum =
        if (weights == null) loss("labels", labels)
        else
            weights.data.indices
                .map { label ->
                    val own = labels.map { if (it.toInt() == label) it else -1.0 }
                    scale(loss("labels $label", own), weights[label])
                }
                .reduce { sum, more -> add(sum, more) }
    if (reduction() == "sum") return sum
    val real = labels.data.filter { it >= 0.0 }
    val total = real.sumOf { weights?.get(it.toInt()) ?: 1.0 }
    return times(sum, given("normalizer", Numbers.scalar(1.0 / total), Element.Real))
}

/** Minus the weighted logarithm of each label, all from gathered rows: what is ignored has none, and gives 0. */
private fun NodeGraph.reduced(logarithms: Value): Value {
    val labels = labels()
    val places = given("labels", Numbers(labels.shape + 1, labels.data), Element.Index)
    val classes = shape(logarithms).last()
    fun picked(rows: Value) = reshape(op(Op.Gather, reshape(rows, labels.shape + classes + 1), places), labels.shape)
    val weights = case.inputOrNull(2)?.let { real(2) } ?: constant(1.0, listOf(classes))
    val own = picked(repeat(weights, 0, labels.size))
    val losses = scale(times(picked(logarithms), own), -1.0)
    return when (reduction()) {
        "none" -> losses
        "sum" -> op(Op.SumLeading(0), losses)
        "mean" -> times(op(Op.SumLeading(0), losses), apply(Function.Reciprocal, op(Op.SumLeading(0), own)))
        else -> error("There is no reduction ${reduction()}.")
    }
}
