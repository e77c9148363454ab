package io.heddle.specs.report

import io.heddle.dsl.boxedPictures
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.dsl.shapes
import io.heddle.report.ReportPages
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain

/** A report says what its losses are in, where they are in anything. */
class LossUnitSpec :
    StringSpec({
        "losses that are sums of several terms have no unit" {
            val finder =
                model("finder", width = 8) {
                    val picture by image(channels = 1, size = 4) { patches(2) }
                    val encoder by stack(picture, layers = 1) { attention(heads = 2) }
                    val label by classify(encoder, Pooling.Each, classes = 3)
                    val box by boxes(encoder)
                    objective { matching(label, box) }
                }
            val experiment =
                experiment("boxes") {
                    variant("post-norm", finder)
                    variant("pre-norm", finder.edit { layout = PreNorm })
                    val drawn = shapes(8)
                    recipe(boxedPictures(drawn, drawn, listOf("disc", "cross")), steps = MadeUpResults.STEPS)
                    seeds(1, 2, 3)
                }
            val told = ReportPages.of(MadeUpResults.of(experiment) { TrialEnd.Finished() })
            told.html shouldNotContain "nats"
            Page(told.html).lead().last() shouldMatch
                Regex(
                    "“pre-norm” compared with “post-norm”: the final validation loss is 0\\.\\d{4} lower \\(95 % " +
                        "interval of the difference −.*, 3 seeds, p < 0\\.001\\), a significant difference\\."
                )
            told.html shouldContain "Losses are sums of several terms, and have no unit; final: at the last look"
            ReportPages.of(MadeUpResults.result()).html shouldContain
                "Losses in nats a token or label; final: at the last look"
        }
    })
