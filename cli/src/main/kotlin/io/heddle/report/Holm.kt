package io.heddle.report

/**
 * Holm's correction: of all tests of an experiment together, a false one is called significant with no more than the
 * probability that was asked for.
 *
 * The i-th smallest of m values p becomes `max over j <= i of min(1, (m - j + 1) p(j))` (S. Holm, A Simple Sequentially
 * Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979).
 */
public object Holm {
    /** [values] of p, corrected, in their order. */
    public fun corrected(values: List<Double>): List<Double> {
        val corrected = DoubleArray(values.size)
        var highest = 0.0
        values.indices
            .sortedBy { values[it] }
            .forEachIndexed { before, place ->
                highest = maxOf(highest, minOf(1.0, (values.size - before) * values[place]))
                corrected[place] = highest
            }
        return corrected.toList()
    }
}
