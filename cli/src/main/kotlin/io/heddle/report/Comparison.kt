package io.heddle.report

import org.apache.commons.statistics.inference.TTest

/**
 * A variant beside the first one, with the same setting: how much higher its final figure is, seed by seed.
 *
 * @property variant its place among the variants
 * @property setting the place of the setting
 * @property seeds those from which both finished
 * @property differences the variant's figure less the first one's, a number a seed
 * @property verdict what may be said of them
 */
public data class Comparison(
    public val variant: Int,
    public val setting: Int,
    public val seeds: List<Long>,
    public val differences: List<Double>,
    public val verdict: Verdict,
) {
    /** The mean difference; negative where the variant has less. */
    public val difference: Estimate = Estimate.of(differences)

    public companion object {
        /** From how many seeds on a test is made: with two, a single difference decides its spread. */
        public const val ENOUGH: Int = 3

        /** Up to which corrected p a difference is told as one. */
        public const val LEVEL: Double = 0.05

        /**
         * [figures] of a variant and [first] of the first one, by seed, compared by Student's paired t-test with two
         * sides; p is not corrected yet.
         */
        public fun of(variant: Int, setting: Int, figures: Map<Long, Double>, first: Map<Long, Double>): Comparison {
            val seeds = first.keys.filter { it in figures }
            val (here, there) = seeds.map { figures.getValue(it) } to seeds.map { first.getValue(it) }
            val differences = here.zip(there) { own, other -> own - other }
            val verdict =
                when {
                    seeds.size < ENOUGH -> Verdict.TooFewSeeds
                    differences.distinct().size == 1 -> Verdict.NoSpread
                    else -> tested(here, there)
                }
            return Comparison(variant, setting, seeds, differences, verdict)
        }

        private fun tested(here: List<Double>, there: List<Double>): Verdict {
            val result = TTest.withDefaults().pairedTest(here.toDoubleArray(), there.toDoubleArray())
            return Verdict.Tested(result.statistic, result.pValue, result.pValue)
        }

        /** The same with p of all tests corrected together. */
        public fun corrected(comparisons: List<Comparison>): List<Comparison> {
            val tested = comparisons.filter { it.verdict is Verdict.Tested }
            val raw = tested.map { (it.verdict as Verdict.Tested).p }
            val corrected = tested.zip(Holm.corrected(raw)).toMap()
            return comparisons.map { comparison ->
                when (val verdict = comparison.verdict) {
                    is Verdict.Tested ->
                        comparison.copy(verdict = verdict.copy(corrected = corrected.getValue(comparison)))
                    is Verdict.TooFewSeeds,
                    is Verdict.NoSpread -> comparison
                }
            }
        }
    }
}

/** What may be said of differences. */
public sealed interface Verdict {
    /** They are too few for a test. */
    public data object TooFewSeeds : Verdict

    /** All are the same number, so that nothing is known of their spread. */
    public data object NoSpread : Verdict

    /**
     * They were tested.
     *
     * @property t the mean difference in standard errors
     * @property p how often differences of mean 0 would give a t as far from 0
     * @property corrected p for all comparisons of the experiment together, by [Holm]'s method
     */
    public data class Tested(public val t: Double, public val p: Double, public val corrected: Double) : Verdict {
        /** Whether the mean difference is told as one. */
        public val isSignificant: Boolean
            get() = corrected <= Comparison.LEVEL
    }
}
