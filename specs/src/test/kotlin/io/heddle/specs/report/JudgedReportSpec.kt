package io.heddle.specs.report

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.text
import io.heddle.experiment.Experiment
import io.heddle.recipe.BestBy
import io.heddle.recipe.DecoderInput
import io.heddle.report.ReportPages
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.terms.PreNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.util.Locale

/** A report of variants that are compared by another figure than the loss; the results are made up. */
class JudgedReportSpec :
    StringSpec({
        fun judged(own: DecoderInput): Experiment =
            experiment("judged") {
                variant("post-norm", MadeUpResults.postNorm())
                variant("pre-norm", MadeUpResults.postNorm().edit { layout = PreNorm }) { decoderInput(own) }
                recipe(text("shakespeare.txt", context = 64), steps = MadeUpResults.STEPS)
                judge(by = BestBy.Accuracy)
                seeds(1, 2, 3)
            }

        val result = MadeUpResults.of(judged(DecoderInput.Masked)) { TrialEnd.Finished() }
        val pages by lazy { ReportPages.of(result) }
        val page by lazy { Page(pages.html) }

        fun accuracy(trial: TrialResult) = trial.metrics().last().metric("accuracy").get().asDouble()

        "what stands first tells of that figure, and of what variants have of their own" {
            val (first, other) = result.trials().groupBy { it.trial().configuration.variant.name }.values.toList()
            val mean = other.map { accuracy(it) }.average() - first.map { accuracy(it) }.average()
            page.lead().take(2) shouldContainExactly
                listOf(
                    "2 variants (“post-norm”, “pre-norm”), trained from 3 seeds each: 6 trials. Of the recipe, " +
                        "“pre-norm” has its own decoderInput Masked.",
                    "All trials finished. 1 of 1 comparison showed a significant difference.",
                )
            page.lead().last() shouldContain
                "“pre-norm” compared with “post-norm”: the final accuracy is %.2f points higher"
                    .format(Locale.ROOT, mean)
        }

        "the table has its difference, and says of losses that they are not to be compared" {
            val table = page.table("Mean and 95 %")
            val differences = table.map { it[table.first().indexOf("Difference")] }
            differences[1] shouldBe "–"
            differences[2] shouldContain Regex("^\\+0\\.\\d\\d ± ")
            pages.markdown shouldContain "Losses are not of the same words, and are not to be compared."
            pages.markdown shouldContain "Difference: of the final accuracy to that of “post-norm”"
            pages.markdown shouldContain "Higher is better."
            val comparable = MadeUpResults.of(judged(DecoderInput.TeacherForcing)) { TrialEnd.Finished() }
            ReportPages.of(comparable).markdown shouldNotContain "not of the same words"
        }

        "it has a picture of its own, which stands first, and a column among the trials" {
            page.all("figure").first().getAttribute("id") shouldBe "judged"
            page.table("Every trial.").first() shouldContain "Final accuracy"
            val accuracies =
                page.table("Every trial.").drop(1).map {
                    it[page.table("Every trial.").first().indexOf("Final accuracy")]
                }
            accuracies shouldContainExactly result.trials().map { "%.2f".format(Locale.ROOT, accuracy(it)) }
        }

        "how it was run says by what variants are compared, and has the recipes that are their own" {
            pages.markdown shouldContain "final accuracy"
            pages.markdown shouldContain "nothing but the recipe, and not all of that"
            pages.markdown shouldContain "The recipe of “pre-norm”, as JSON"
            pages.markdown shouldNotContain "The recipe of “post-norm”, as JSON"
        }
    })
