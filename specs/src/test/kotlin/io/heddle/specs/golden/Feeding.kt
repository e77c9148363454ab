package io.heddle.specs.golden

import io.heddle.lowering.Names
import io.heddle.runtime.program.Program
import org.nd4j.linalg.api.buffer.DataType

/** What a label is where there is none. */
const val NONE = -1

fun Program.tokens(input: String, golden: Golden, name: String) = setInput(input, golden.whole(name))

/** The loss is the mean over all real labels. */
fun Program.labels(head: String, labels: IntArray, normalizer: String = Names.NORMALIZER) {
    setInput(Names.labels(head), labels)
    setInput(normalizer, doubleArrayOf(1.0 / labels.count { it >= 0 }))
}

/** A decoder reads [start] and then the labels but the last. */
fun Program.shifted(golden: Golden, start: Int, padding: Int, normalizer: String = Names.NORMALIZER) {
    val labels = golden.ids("in.labels")
    setInput(
        "target",
        labels.flatMap { row -> listOf(start) + row.dropLast(1).map { if (it < 0) padding else it } }.toIntArray(),
    )
    setInput(Names.lengths("target"), IntArray(labels.size) { labels[0].size })
    labels("next", golden.labels("in.labels"), normalizer)
}

/** Pixels are `[channels, rows, columns]` there. */
fun Program.picture(input: String, golden: Golden) =
    setInput(input, golden.tensor("in.pixel_values").permute(0, 2, 3, 1).dup('c').castTo(DataType.DOUBLE))

fun Golden.whole(name: String): IntArray = numbers(name).map { it.toInt() }.toIntArray()

fun Golden.labels(name: String): IntArray = whole(name).map { maxOf(it, NONE) }.toIntArray()

fun Golden.lengths(mask: String): IntArray = ids(mask).map { it.sum() }.toIntArray()
