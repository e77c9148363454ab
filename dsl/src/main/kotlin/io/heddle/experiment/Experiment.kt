package io.heddle.experiment

import io.heddle.json.ModelSerializer
import io.heddle.model.Model
import io.heddle.model.Origins
import io.heddle.recipe.BestBy
import io.heddle.recipe.Recipe
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.Transient

/**
 * Variants of a model that are trained alike, but for what is their own, and compared: each variant, with each setting
 * of [variations], from each of [seeds].
 *
 * @property variants what is compared; the first one is what the others are compared with
 * @property recipe how each is trained
 * @property variations what is tried of the recipe: every value of each with every value of the others
 * @property seeds for each, a trial begins with other weights and reads its data in another order
 * @property parity what all variants must have alike
 * @property divergence when a trial is given up
 * @property judge the figure of the held-out data by which variants are compared
 */
@Serializable
public data class Experiment(
    public val name: String,
    public val variants: List<Variant>,
    public val recipe: Recipe,
    public val variations: List<Variation>,
    public val seeds: List<Long>,
    public val parity: Parity,
    public val divergence: Divergence,
    public val judge: BestBy,
) {
    /**
     * Which words said what: `seeds`, `parity`, `variants.0`, `variants.0.decoderInput`, `variations.warmup`. No part
     * of the value.
     */
    @Transient
    public var origins: Origins = Origins.None
        private set

    /** Every combination of a value of each variation, in the order of the words; one, where nothing varies. */
    public val settings: List<Setting>
        get() = settings(recipe)

    private fun settings(of: Recipe): List<Setting> =
        variations.fold(listOf(Setting("", of))) { settings, variation ->
            settings.flatMap { setting -> variation.settings(setting, origins["variations.${variation.word}"]) }
        }

    /** How [variant] is trained where nothing varies: by the recipe, with what is the variant's own. */
    public fun recipeOf(variant: Variant): Recipe {
        val place = "variants.${variants.indexOf(variant)}"
        return variant.changes.fold(recipe) { changed, change ->
            change.settings(Setting("", changed), origins["$place.${change.word}"]).firstOrNull()?.recipe ?: changed
        }
    }

    /** [variant] with every setting. */
    public fun configurationsOf(variant: Variant): List<Configuration> =
        settings(recipeOf(variant)).map { Configuration(variant, it) }

    /** Every variant with every setting, variants outermost. */
    public val configurations: List<Configuration>
        get() = variants.flatMap { configurationsOf(it) }

    /** Every configuration from every seed, seeds outermost, so that all configurations come before a second seed. */
    public val trials: List<Trial>
        get() = seeds.flatMap { seed -> configurations.map { Trial(it, seed) } }

    /** This experiment, which [origins] tell of. */
    public fun toldAs(origins: Origins): Experiment = copy().also { it.origins = origins }
}

/**
 * A model that is compared.
 *
 * @property name what tables and pictures call it
 * @property changes what of the recipe is its own: words with one value each
 */
@Serializable
public data class Variant
@JvmOverloads
constructor(
    public val name: String,
    @Serializable(with = ModelSerializer::class) public val model: Model,
    public val changes: List<Variation> = emptyList(),
)

/**
 * A recipe that an experiment tries, with what is a variant's own.
 *
 * @property name what the variations say of it: `warmup 500, learningRate 0.001`; empty where nothing varies
 */
public data class Setting(public val name: String, public val recipe: Recipe)

/** A [variant] and how it is trained: what the seeds of an experiment are drawn for. */
public data class Configuration(public val variant: Variant, public val setting: Setting) {
    /** `pre-norm, warmup 500`. */
    public val name: String
        get() = if (setting.name.isEmpty()) variant.name else "${variant.name}, ${setting.name}"
}

/** One training of an experiment. */
public data class Trial(public val configuration: Configuration, public val seed: Long) {
    /** The recipe with the trial's seed. */
    public val recipe: Recipe
        get() = configuration.setting.recipe.let { it.copy(seed = seed).toldAs(it.name, it.origins) }
}

/** When a trial is given up; that it diverged is its result. A loss or a gradient that is no number always ends it. */
@Serializable
public sealed interface Divergence {
    /** Only where a loss or a gradient is no number. */
    @Serializable @SerialName("notANumber") public data object NotANumber : Divergence

    /** Where the training loss of a step is above [loss], too. */
    @Serializable @SerialName("lossAbove") public data class LossAbove(public val loss: Double) : Divergence
}
