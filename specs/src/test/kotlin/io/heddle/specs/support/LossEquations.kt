package io.heddle.specs.support

import kotlin.math.exp
import kotlin.math.ln

/** `loss, logSumExp`; rows whose label is negative add nothing. */
fun crossEntropy(logits: Numbers, labels: Numbers, smoothing: Double): List<Numbers> {
    val logSumExp =
        Numbers.make(labels.shape) { row ->
            val highest = logits.row(row).max()
            highest + ln(logits.row(row).sumOf { exp(it - highest) })
        }
    val loss =
        (0 until labels.size)
            .filter { labels.int(it) >= 0 }
            .sumOf { row ->
                val surprise = logits.row(row).map { logSumExp[row] - it }
                (1.0 - smoothing) * surprise[labels.int(row)] + smoothing * surprise.average()
            }
    return listOf(Numbers.scalar(loss), logSumExp)
}

/** `dlogits`: what is predicted less what is wanted. */
fun crossEntropyGradient(
    logits: Numbers,
    labels: Numbers,
    logSumExp: Numbers,
    dloss: Numbers,
    smoothing: Double,
): Numbers =
    Numbers.make(logits.shape) { at ->
        val (row, column) = at / logits.last to at % logits.last
        val label = labels.int(row)
        val wanted = smoothing / logits.last + if (column == label) 1.0 - smoothing else 0.0
        if (label < 0) 0.0 else dloss[0] * (exp(logits[at] - logSumExp[row]) - wanted)
    }
