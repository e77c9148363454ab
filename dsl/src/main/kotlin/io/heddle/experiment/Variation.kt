package io.heddle.experiment

import io.heddle.describe.SerialValues
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Optimizer
import io.heddle.recipe.Recipe
import io.heddle.recipe.Rewards
import io.heddle.recipe.Schedule
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** A word of a recipe, and the values that are tried of it. */
@Serializable
public sealed interface Variation {
    /** The word, as in `vary { warmup(0, 500) }`. */
    public val word: String

    /** The values, as tables show them. */
    public val told: List<String>

    /** The values, as sentences show them: with all that they say. */
    public val whole: List<String>
        get() = told

    /** [recipe] with the value at [place]. */
    public fun change(recipe: Recipe, place: Int): Recipe

    /** What becomes of a [setting] with each of the values, which were [said] somewhere. */
    public fun settings(setting: Setting, said: Origin): List<Setting> {
        val before = setting.recipe.origins
        val origins = if (said == Origin.Unknown) before else before + Origins(mapOf(changed to said))
        return told.mapIndexed { place, value ->
            val name = listOf(setting.name, "$word $value").filter { it.isNotEmpty() }.joinToString()
            Setting(name, change(setting.recipe, place).toldAs(setting.recipe.name, origins))
        }
    }

    /** Steps until the highest learning rate. */
    @Serializable
    @SerialName("warmup")
    public data class Warmup(public val steps: List<Int>) : Variation {
        override val word: String
            get() = "warmup"

        override val told: List<String>
            get() = steps.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe =
            recipe.copy(schedule = recipe.schedule.withWarmup(steps[place]))
    }

    /** Highest learning rates. */
    @Serializable
    @SerialName("learningRate")
    public data class LearningRate(public val rates: List<Double>) : Variation {
        override val word: String
            get() = "learningRate"

        override val told: List<String>
            get() = rates.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe =
            recipe.copy(optimizer = recipe.optimizer.withRate(rates[place]))
    }

    /** Decays of AdamW; another optimizer has none, and stays as it is. */
    @Serializable
    @SerialName("weightDecay")
    public data class WeightDecay(public val decays: List<Double>) : Variation {
        override val word: String
            get() = "weightDecay"

        override val told: List<String>
            get() = decays.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe =
            recipe.copy(optimizer = recipe.optimizer.withDecay(decays[place]))
    }

    /** Sequences, or pairs of them, in each pass. */
    @Serializable
    @SerialName("batch")
    public data class Sequences(public val counts: List<Int>) : Variation {
        override val word: String
            get() = "batch"

        override val told: List<String>
            get() = counts.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(batch = Batch.Sequences(counts[place]))
    }

    /** Longest gradients. */
    @Serializable
    @SerialName("clip")
    public data class Clip(public val norms: List<Double>) : Variation {
        override val word: String
            get() = "clip"

        override val told: List<String>
            get() = norms.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe =
            recipe.copy(clipping = Clipping.GlobalNorm(norms[place]))
    }

    /** How many steps are taken. */
    @Serializable
    @SerialName("steps")
    public data class Steps(public val counts: List<Int>) : Variation {
        override val word: String
            get() = "steps"

        override val told: List<String>
            get() = counts.map { "$it" }

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(steps = counts[place])
    }

    /** Optimizers, each with its learning rate. */
    @Serializable
    @SerialName("optimizer")
    public data class Optimizers(public val optimizers: List<Optimizer>) : Variation {
        override val word: String
            get() = "optimizer"

        override val told: List<String>
            get() = SerialValues.apart(Optimizer.serializer(), optimizers)

        override val whole: List<String>
            get() = SerialValues.whole(Optimizer.serializer(), optimizers)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(optimizer = optimizers[place])
    }

    /** Schedules of the learning rate. */
    @Serializable
    @SerialName("schedule")
    public data class Schedules(public val schedules: List<Schedule>) : Variation {
        override val word: String
            get() = "schedule"

        override val told: List<String>
            get() = SerialValues.apart(Schedule.serializer(), schedules)

        override val whole: List<String>
            get() = SerialValues.whole(Schedule.serializer(), schedules)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(schedule = schedules[place])
    }

    /** What decoders read while they learn. */
    @Serializable
    @SerialName("decoderInput")
    public data class DecoderInputs(public val inputs: List<DecoderInput>) : Variation {
        override val word: String
            get() = "decoderInput"

        override val told: List<String>
            get() = SerialValues.apart(DecoderInput.serializer(), inputs)

        override val whole: List<String>
            get() = SerialValues.whole(DecoderInput.serializer(), inputs)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(decoderInput = inputs[place])
    }

    /** What models learn from what they write themselves. */
    @Serializable
    @SerialName("rewards")
    public data class Rewarded(public val rewards: List<Rewards>) : Variation {
        override val word: String
            get() = "rewards"

        override val told: List<String>
            get() = SerialValues.apart(Rewards.serializer(), rewards)

        override val whole: List<String>
            get() = SerialValues.whole(Rewards.serializer(), rewards)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(rewards = rewards[place])
    }

    /** Weights that the first step begins with. */
    @Serializable
    @SerialName("startingWeights")
    public data class Beginnings(public val weights: List<StartingWeights>) : Variation {
        override val word: String
            get() = "startingWeights"

        override val told: List<String>
            get() = SerialValues.apart(StartingWeights.serializer(), weights)

        override val whole: List<String>
            get() = SerialValues.whole(StartingWeights.serializer(), weights)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(startingWeights = weights[place])
    }

    /** What is learned from. */
    @Serializable
    @SerialName("data")
    public data class LearnedFrom(public val data: List<Data>) : Variation {
        override val word: String
            get() = "data"

        override val told: List<String>
            get() = SerialValues.apart(Data.serializer(), data)

        override fun change(recipe: Recipe, place: Int): Recipe = recipe.copy(data = data[place])
    }
}

/** Where in a recipe the value stands. */
private val Variation.changed: String
    get() =
        when (this) {
            is Variation.Warmup -> "schedule.warmup"
            is Variation.LearningRate -> "optimizer.learningRate"
            is Variation.WeightDecay -> "optimizer.weightDecay"
            is Variation.Sequences -> "batch"
            is Variation.Clip -> "clipping"
            is Variation.Steps -> "steps"
            is Variation.Optimizers -> "optimizer"
            is Variation.Schedules -> "schedule"
            is Variation.DecoderInputs,
            is Variation.Rewarded,
            is Variation.Beginnings,
            is Variation.LearnedFrom -> word
        }

private fun Schedule.withWarmup(steps: Int): Schedule =
    when (this) {
        is Constant -> copy(warmup = steps)
        is Linear -> copy(warmup = steps)
        is Cosine -> copy(warmup = steps)
        is InverseSquareRoot -> copy(warmup = steps)
    }

private fun Optimizer.withRate(rate: Double): Optimizer =
    when (this) {
        is Sgd -> copy(learningRate = rate)
        is Adam -> copy(learningRate = rate)
        is AdamW -> copy(learningRate = rate)
    }

private fun Optimizer.withDecay(decay: Double): Optimizer =
    when (this) {
        is Sgd,
        is Adam -> this
        is AdamW -> copy(weightDecay = decay)
    }
