package io.heddle.specs.onnx

import io.heddle.specs.golden.Setting
import io.heddle.specs.support.Numbers
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import kotlin.math.abs

/** Heddle computes what ONNX's reference implementation does, operator by operator, on every backend. */
class OnnxNodesSpec :
    FreeSpec({
        val cases = NodeCase.all()

        "every chosen case is run, or it is said why it is not" {
            cases.map { it.name }.intersect(notRun.keys).shouldBeEmpty()
            (cases.map { it.name } + notRun.keys) shouldContainExactlyInAnyOrder NodeCase.chosen()
            cases.map { it.op }.distinct().filterNot { it in runs }.shouldBeEmpty()
        }

        for (setting in Setting.entries) {
            val engine = autoClose(setting.engine())

            cases.forEach { case ->
                "$case on $setting" {
                    val computed = runs.getValue(case.op)(case, engine)
                    computed.keys shouldBe case.outputs.keys
                    case.outputs.forEach { (name, expected) ->
                        shouldAgree(
                            name,
                            computed.getValue(name),
                            expected,
                            if (case.isHalf) HALF else setting.stored32,
                        )
                    }
                }
            }
        }
    })

private val runs: Map<String, NodeRun> =
    attentionNodes + rotaryNodes + normNodes + plainNodes + lossNodes + recurrentNodes + optimizerNodes

private const val NO_ADAGRAD = "Heddle has no Adagrad"
private const val LARGE =
    "its numbers are 0.6 to 1.4 MB; the same with fewer axes is run, and Heddle's losses take any number of them"

/** Cases whose numbers are not here, and why. */
private val notRun: Map<String, String> =
    mapOf(
        "adagrad" to NO_ADAGRAD,
        "adagrad_multiple" to NO_ADAGRAD,
        "nllloss_NCd1d2d3d4d5_mean_weight" to LARGE,
        "nllloss_NCd1d2d3d4d5_none_no_weight" to LARGE,
        "sce_NCd1d2d3d4d5_mean_weight" to LARGE,
        "sce_NCd1d2d3d4d5_mean_weight_log_prob" to LARGE,
        "sce_NCd1d2d3d4d5_none_no_weight" to LARGE,
        "sce_NCd1d2d3d4d5_none_no_weight_log_prob" to LARGE,
    )

/** What is stored in 16 bits is rounded to 11 digits. */
private const val HALF = 1e-3

/** No number is off by more than [tolerance] of the largest one. */
private fun shouldAgree(name: String, computed: Numbers, expected: Numbers, tolerance: Double) {
    withClue("$name\n expected $expected\n computed $computed\n off by this part of the largest number") {
        computed.shape shouldBe expected.shape
        val largest = expected.data.maxOf { abs(it) }
        computed.data.indices.maxOf { abs(computed[it] - expected[it]) } shouldBeLessThanOrEqual tolerance * largest
    }
}
