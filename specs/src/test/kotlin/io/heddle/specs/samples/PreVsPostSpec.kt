package io.heddle.specs.samples

import io.heddle.experiment.Experiment
import io.heddle.script.DescriptionFiles
import io.heddle.specs.experiment.compare
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.math.ln
import kotlin.math.sqrt

/**
 * What the Pre-LN paper says of gradients before the first step (Xiong et al. 2020, arXiv 2002.04745, theorem 1): those
 * of the last feed-forward layer do not depend on the number of layers with post-norm, and fall as its root with
 * pre-norm.
 */
class PreVsPostSpec :
    StringSpec({
        val sample = Path.of("..", "samples", "pre-vs-post.model.kts")
        val all: Experiment = DescriptionFiles.read(sample).experiments.first { it.name == "beginnings" }.value
        val fewer = all.copy(seeds = listOf(1, 2, 3))
        val result = compare(fewer, sample.parent, tempdir().toPath(), sideBySide = 2)

        /** The mean length, over seeds, of the gradient of the last feed-forward layer. */
        fun last(layout: String, layers: Int): Double =
            result
                .trials()
                .filter { it.trial().configuration.variant.name == "$layout, $layers layers" }
                .map { trial ->
                    val path = "decoder/${layers - 1}/feedForward"
                    trial.blocks().single { it.step() == 1L && it.path() == path }.gradientNorm()
                }
                .average()

        "with post-norm they are as long for 12 layers as for 2" {
            listOf(4, 6, 8, 12).forEach { layers ->
                ln(last("post-norm", layers) / last("post-norm", 2)) shouldBe (0.0 plusOrMinus ln(1.5))
            }
        }

        "with pre-norm they fall as the root of the number of layers" {
            listOf(4, 6, 8, 12).forEach { layers ->
                val expected = sqrt(2.0 / layers)
                ln(last("pre-norm", layers) / last("pre-norm", 2) / expected) shouldBe (0.0 plusOrMinus ln(1.4))
            }
            (last("post-norm", 12) / last("pre-norm", 12) > 2.5) shouldBe true
        }
    })
