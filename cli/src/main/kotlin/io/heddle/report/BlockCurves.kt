package io.heddle.report

import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialResult
import kotlin.math.sqrt

/** What charts show of blocks, as lines. */
public object BlockCurves {
    /**
     * The gradient norm of each block of a layer at step 1, by layer: a panel a kind of block. Settings are taken
     * together: at step 1 they have changed no weight.
     */
    public fun atInitialization(result: ExperimentResult): List<Curve> {
        val kinds = places(result).filterIsInstance<BlockPlace.InLayer>().map { it.stack to it.kind }.distinct()
        val ofVariant = result.trials.groupBy { result.experiment.variantOf(it) }.toSortedMap()
        return kinds.flatMap { (stack, kind) ->
            ofVariant.flatMap { (variant, trials) ->
                val values = trials.map { initial(it, stack, kind) }.filter { it.isNotEmpty() }
                val points = CurvePoint.over(values, Middle.Geometric)
                val seeds = trials.map { it.trial.seed }.distinct()
                if (points.isEmpty()) emptyList()
                else listOf(Curve(panel(stack, kind), variant, seeds, points, CurveEnd.Whole))
            }
        }
    }

    private fun initial(trial: TrialResult, stack: String, kind: String): List<Pair<Double, Double>> =
        trial.blocks
            .filter { it.step == 1L }
            .flatMap { row ->
                val place = row.place
                if (place is BlockPlace.InLayer && place.stack == stack && place.kind == kind)
                    listOf(place.layer.toDouble() to row.gradientNorm)
                else emptyList()
            }
            .sortedBy { it.first }

    private fun panel(stack: String, kind: String) = if (kind.isEmpty()) stack else "$stack: $kind"

    /**
     * A [quantity] of the first, the middle and the last layer of each stack over the steps, and of layers that share
     * their weights together: a panel a layer and a setting, of the first [settings] settings.
     */
    public fun overTraining(result: ExperimentResult, quantity: BlockQuantity, settings: Int): List<Curve> {
        val layers = told(places(result))
        return result
            .outcomes()
            .filter { it.setting < settings }
            .sortedBy { it.setting }
            .flatMap { outcome ->
                layers.flatMap { layer ->
                    val setting = result.experiment.settings[outcome.setting].name
                    val panel = listOf(layer, setting).filter { it.isNotEmpty() }.joinToString(", ")
                    Curves.of(panel, outcome.variant, outcome.trials, quantity.middle) { ofLayer(it, layer, quantity) }
                }
            }
    }

    /** Whether any trial measured layers that share their weights, which have no gradients each. */
    internal fun areShared(result: ExperimentResult): Boolean = places(result).any { it is BlockPlace.InSeveralLayers }

    private fun told(places: List<BlockPlace>): List<String> {
        val stacks = places.filterIsInstance<BlockPlace.InLayer>().groupBy({ it.stack }, { it.layer })
        val own =
            stacks.flatMap { (stack, layers) ->
                val (first, last) = layers.min() to layers.max()
                listOf(first, (first + last) / 2, last).distinct().map { "$stack/$it" }
            }
        return own + places.filterIsInstance<BlockPlace.InSeveralLayers>().map { it.layers }.distinct()
    }

    private fun ofLayer(trial: TrialResult, layer: String, quantity: BlockQuantity) =
        trial.blocks
            .filter { it.place.layers == layer }
            .groupBy { it.step }
            .toSortedMap()
            .map { (step, rows) -> step.toDouble() to quantity.of(rows) }
            .filter { it.second.isFinite() }

    /** Where any trial measured something. */
    private fun places(result: ExperimentResult): List<BlockPlace> =
        result.trials.flatMap { it.blocks }.map { it.path }.distinct().map { BlockPlace.of(it) }
}

/** What is measured of a block, and what the blocks of a layer come to together. */
public enum class BlockQuantity(internal val middle: Middle) {
    /** Of the gradients, as one vector. */
    GradientNorm(Middle.Geometric) {
        override fun of(rows: List<BlockRow>): Double = length(rows.map { it.gradientNorm })
    },

    /** Of the weights, as one vector. */
    WeightNorm(Middle.Arithmetic) {
        override fun of(rows: List<BlockRow>): Double = length(rows.map { it.weightNorm })
    },

    /** The length of what a step adds to the weights, divided by theirs. */
    UpdateRatio(Middle.Geometric) {
        override fun of(rows: List<BlockRow>): Double =
            length(rows.map { it.updateRatio * it.weightNorm }) / length(rows.map { it.weightNorm })
    },

    /** The root of the mean square of what blocks give out; NaN where none was measured. */
    Activation(Middle.Arithmetic) {
        override fun of(rows: List<BlockRow>): Double {
            val measured = rows.filter { it.activation.isPresent }.map { it.activation.asDouble }
            return if (measured.isEmpty()) Double.NaN else length(measured) / sqrt(measured.size.toDouble())
        }
    };

    /** What [rows] of one layer at one step come to. */
    public abstract fun of(rows: List<BlockRow>): Double

    internal fun length(numbers: List<Double>): Double = sqrt(numbers.sumOf { it * it })
}
