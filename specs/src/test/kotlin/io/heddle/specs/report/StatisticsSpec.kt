package io.heddle.specs.report

import io.heddle.report.Comparison
import io.heddle.report.Estimate
import io.heddle.report.Holm
import io.heddle.report.SeedsNeeded
import io.heddle.report.Verdict
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf

/** Held to numbers of R and SciPy, and to published examples. */
class StatisticsSpec :
    StringSpec({
        /** Student (1908): hours of sleep that ten patients gained by two drugs; `datasets::sleep` of R. */
        val firstDrug = listOf(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
        val secondDrug = listOf(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)

        fun bySeed(numbers: List<Double>) = numbers.withIndex().associate { (seed, number) -> seed.toLong() to number }

        fun compared(here: List<Double>, there: List<Double>) = Comparison.of(1, 0, bySeed(here), bySeed(there))

        "the paired test is R's t.test(paired = TRUE)" {
            val comparison = compared(firstDrug, secondDrug)
            val tested = comparison.verdict.shouldBeInstanceOf<Verdict.Tested>()
            tested.t shouldBe (-4.0621 plusOrMinus 5e-5)
            tested.p shouldBe (0.002833 plusOrMinus 5e-7)
            val difference = comparison.difference.shouldBeInstanceOf<Estimate.Interval>()
            difference.mean shouldBe (-1.58 plusOrMinus 1e-12)
            (difference.mean - difference.half) shouldBe (-2.4598858 plusOrMinus 5e-8)
            (difference.mean + difference.half) shouldBe (-0.7001142 plusOrMinus 5e-8)
        }

        "the paired test is SciPy's ttest_rel" {
            val here = listOf(3.2141, 3.2093, 3.2202, 3.2117, 3.2168)
            val there = listOf(3.2410, 3.2297, 3.2506, 3.2321, 3.2455)
            val tested = compared(here, there).verdict.shouldBeInstanceOf<Verdict.Tested>() // of SciPy 1.17.1
            tested.t shouldBe (-12.080848390534115 plusOrMinus 1e-9)
            tested.p shouldBe (0.00026926471600596384 plusOrMinus 1e-12)
        }

        "the interval of a mean is that of Student's t" {
            val interval = Estimate.of(listOf(3.2141, 3.2093, 3.2202, 3.2117, 3.2168))
            interval.shouldBeInstanceOf<Estimate.Interval>()
            interval.mean shouldBe (3.21442 plusOrMinus 1e-12)
            // SciPy 1.17.1: t.ppf(0.975, 4) * std(ddof=1) / sqrt(5)
            interval.half shouldBe (0.005296683059073087 plusOrMinus 1e-12)
            interval.count shouldBe 5
        }

        "one number has no interval, and none is nothing" {
            Estimate.of(listOf(3.2)) shouldBe Estimate.Single(3.2)
            Estimate.of(emptyList()) shouldBe Estimate.Nothing
        }

        "p is corrected as Holm does" {
            // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
            val corrected = Holm.corrected(listOf(0.01, 0.04, 0.03, 0.005))
            corrected.zip(listOf(0.03, 0.06, 0.06, 0.02)).forEach { (here, expected) ->
                here shouldBe (expected plusOrMinus 1e-12)
            }
            Holm.corrected(listOf(0.6, 0.7)) shouldBe listOf(1.0, 1.0)
            Holm.corrected(emptyList()) shouldBe emptyList()
        }

        "seeds that are needed are as many as a test of that power has" {
            // n of R's and statsmodels' exact power, by the noncentral t of SciPy 1.17.1; the first one is the example
            // of
            // P. Dalgaard, Introductory Statistics with R (2008), 8.3: power.t.test gives 19.97.
            val cases =
                listOf(
                    Needed(10 / Math.sqrt(200.0), 0.05, 0.85, 20),
                    Needed(1.0, 0.05, 0.8, 10),
                    Needed(0.5, 0.05, 0.8, 34),
                    Needed(0.3, 0.05, 0.9, 119),
                    Needed(0.2, 0.05, 0.8, 199),
                    Needed(0.5, 0.025, 0.8, 41),
                )
            cases.forEach { case ->
                withClue(case) {
                    val side = 1 / Math.sqrt(2.0) // of two numbers whose standard deviation is 1
                    val differences = listOf(case.effect - side, case.effect + side)
                    val about = SeedsNeeded.of(differences, case.level, case.power)
                    about.shouldBeInstanceOf<SeedsNeeded.About>()
                    about.count shouldBeInRange case.exact - 1..case.exact + 1
                }
            }
        }

        "how many seeds are needed is not always known" {
            SeedsNeeded.of(listOf(0.1), 1) shouldBe SeedsNeeded.Unknown
            SeedsNeeded.of(listOf(-0.1, 0.1), 1) shouldBe SeedsNeeded.Unknown
            SeedsNeeded.of(listOf(-0.1, 0.1001), 1) shouldBe SeedsNeeded.MoreThan(1000)
        }

        "fewer than three common seeds are not tested" {
            val first = mapOf(1L to 3.0, 2L to 3.1, 3L to 3.2)
            val comparison = Comparison.of(1, 0, mapOf(1L to 2.0, 3L to 2.1, 4L to 2.0), first)
            comparison.verdict shouldBe Verdict.TooFewSeeds
            comparison.seeds shouldBe listOf(1L, 3L)
            comparison.differences.zip(listOf(-1.0, -1.1)).forEach { (here, expected) ->
                here shouldBe (expected plusOrMinus 1e-12)
            }
        }

        "differences that are all the same are not tested" {
            compared(listOf(3.0, 3.5, 4.0), listOf(2.5, 3.0, 3.5)).verdict shouldBe Verdict.NoSpread
        }

        "only what was tested is corrected" {
            val comparisons =
                Comparison.corrected(
                    listOf(
                        compared(firstDrug, secondDrug),
                        compared(listOf(1.0), listOf(2.0)),
                        compared(secondDrug, firstDrug),
                    )
                )
            val tested = comparisons.map { it.verdict }.filterIsInstance<Verdict.Tested>()
            tested.size shouldBe 2
            tested.forEach { it.corrected shouldBe (2 * it.p plusOrMinus 1e-15) }
        }
    }) {
    private data class Needed(val effect: Double, val level: Double, val power: Double, val exact: Int)
}
