package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.experiment.Divergence
import io.heddle.experiment.Experiment
import io.heddle.experiment.Parity
import io.heddle.experiment.Resource
import io.heddle.experiment.Variant
import io.heddle.experiment.Variation
import io.heddle.experiment.check
import io.heddle.messages.ExperimentMessages
import io.heddle.messages.Message
import io.heddle.messages.OwnRecipeMessages
import io.heddle.model.Model
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.recipe.BestBy
import io.heddle.recipe.Data
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.rules.printed
import java.util.function.Consumer

/** Describes a comparison of models that are trained alike. */
@JvmSynthetic
public fun experiment(name: String, describe: ExperimentScope.() -> Unit): Experiment =
    ExperimentScope(name).apply(describe).build()

/** What may be said of a comparison. */
@HeddleDsl
public class ExperimentScope internal constructor(private val name: String) {
    private val variants = mutableListOf<Variant>()
    private var recipe: Recipe? = null
    private var variations = emptyList<Variation>()
    private var seeds = listOf(1L)
    private var parity: Parity = Parity.None
    private var divergence: Divergence = Divergence.NotANumber
    private var judge: BestBy = BestBy.Loss
    private val origins = LinkedHashMap<String, Origin>()
    private val problems = mutableListOf<Problem>()

    init {
        says("", "experiment(\"${printed(name)}\")")
    }

    /** Numbers that are trained, for [match]. */
    public val parameters: Resource
        get() = Resource.Parameters

    /** Operations of all steps, for [match]. */
    public val operations: Resource
        get() = Resource.Operations

    /** Seconds that the steps take, for [match]. */
    public val time: Resource
        get() = Resource.Time

    private fun says(path: String, words: String) {
        origins[path] = Caller.origin(words)
    }

    /** Says what an experiment has one of. */
    private fun saysOnce(path: String, words: String, message: Message) {
        val before = origins[path]
        says(path, words)
        if (before != null)
            problems += message.at(printed(name), fact("first", before), fact("then", origins.getValue(path)))
    }

    private fun fact(name: String, said: Origin) = Fact(name, said.says, "", said.where)

    /**
     * Compares [models]; the others are compared with the first. Each is called by its name. Where an edit left the
     * name as it was, it is called by what it changed: `layout PreNorm`.
     */
    public fun variants(vararg models: Model) {
        models.forEach { add(Variant(VariantNames.of(it, variants), it), "variants(...)") }
    }

    /** Compares [model], which is called [name]. */
    public fun variant(name: String, model: Model) {
        add(Variant(name, model), "variant(\"${printed(name)}\", ...)")
    }

    /** The same, trained by the recipe with what is this variant's own: one value of each word of [changes]. */
    @JvmSynthetic
    public fun variant(name: String, model: Model, changes: VariationScope.() -> Unit) {
        val own = VariationScope("variants.${variants.size}", ::says).apply(changes)
        add(Variant(name, model, own.variations), "variant(\"${printed(name)}\", ...)")
        if (own.variations.isEmpty())
            problems +=
                OwnRecipeMessages.nothingIsOwn()
                    .at(this.name, fact("variant", origins.getValue("variants.${variants.size - 1}")))
    }

    private fun add(variant: Variant, words: String) {
        says("variants.${variants.size}", words)
        variants += variant
    }

    /** Trains each as [recipe] says; its seed is one of [seeds]. */
    public fun recipe(recipe: Recipe) {
        saysOnce("recipe", "recipe(...)", ExperimentMessages.saidTwice("recipe"))
        this.recipe = recipe
    }

    /** Trains each on [data], for a number of [steps]. */
    @JvmSynthetic
    public fun recipe(data: Data, steps: Int, describe: RecipeScope.() -> Unit = {}): Unit =
        recipe(io.heddle.dsl.recipe(data, steps, describe))

    /** Tries other values of the recipe: every one of a word with every one of the others. */
    @JvmSynthetic
    public fun vary(describe: VariationScope.() -> Unit) {
        val scope = VariationScope("variations", ::says).apply(describe)
        if (scope.variations.isEmpty())
            problems +=
                ExperimentMessages.nothingVaries()
                    .at(name, Caller.origin("vary { }").let { Fact("vary", "nothing", it.says, it.where) })
        variations = variations + scope.variations
    }

    /** Trains each from these [seeds], instead of 1 alone. */
    public fun seeds(vararg seeds: Long) {
        val words = seeds.joinToString(prefix = "seeds(", postfix = ")")
        saysOnce("seeds", words, ExperimentMessages.saidTwice("seeds"))
        this.seeds = seeds.toList()
    }

    /**
     * Variants are alike in [resource]: parameters and operations must be the same [within] a share; time is made
     * alike, by training each for as long as the first.
     */
    @JvmOverloads
    public fun match(resource: Resource, within: Double = USUAL_SHARE) {
        val share = if (within == USUAL_SHARE) "" else ", within = $within"
        saysOnce("parity", "match(${resource.word}$share)", ExperimentMessages.alikeTwice())
        parity =
            when (resource) {
                Resource.Parameters,
                Resource.Operations -> Parity.Required(resource, within)
                Resource.Time -> Parity.Rescaled(resource)
            }
    }

    /** Variants are trained for as many steps as make them alike in [resource]: operations or time. */
    public fun rescale(resource: Resource) {
        saysOnce("parity", "rescale(${resource.word})", ExperimentMessages.alikeTwice())
        parity = Parity.Rescaled(resource)
    }

    /** Gives a trial up when the training loss of a step is [above] this. */
    public fun diverged(above: Double) {
        saysOnce("divergence", "diverged(above = $above)", ExperimentMessages.saidTwice("diverged"))
        divergence = Divergence.LossAbove(above)
    }

    /** Compares variants [by] this figure of the held-out data, instead of the loss. */
    public fun judge(by: BestBy) {
        saysOnce("judge", "judge(by = ${told(by)})", ExperimentMessages.saidTwice("judge"))
        judge = by
    }

    /** Compares variants [by] a metric that the recipe asks for. */
    public fun judge(by: Metric): Unit = judge(BestBy.Measured(by))

    private fun told(by: BestBy): String =
        when (by) {
            is BestBy.Loss -> "BestBy.Loss"
            is BestBy.Accuracy -> "BestBy.Accuracy"
            is BestBy.Measured -> "Metric.${by.metric::class.simpleName}"
        }

    internal fun build(): Experiment {
        val origin = origins.getValue("")
        val called = Fact("experiment", name, origin.says, origin.where)
        val trained = recipe
        if (trained == null) {
            val missing = ExperimentMessages.noRecipe().at(name, called)
            throw ProblemsException(listOf(missing) + problems)
        }
        val described =
            Experiment(name, variants.toList(), trained, variations, seeds, parity, divergence, judge)
                .toldAs(Origins(origins.toMap()))
        if (problems.isNotEmpty()) throw ProblemsException(problems + described.check())
        return described
    }

    private val Resource.word: String
        get() = name.lowercase()

    // The same for Java -------------------------------------------------------------------------------------------

    /** `recipe(data, steps) { describe }`. */
    public fun recipe(data: Data, steps: Int, describe: Consumer<RecipeScope>): Unit =
        recipe(io.heddle.dsl.recipe(data, steps) { describe.accept(this) })

    /** `variant(name, model) { changes }`. */
    public fun variant(name: String, model: Model, changes: Consumer<VariationScope>): Unit =
        variant(name, model) { changes.accept(this) }

    /** `vary { describe }`. */
    public fun vary(describe: Consumer<VariationScope>): Unit = vary { describe.accept(this) }

    private companion object {
        const val USUAL_SHARE = 0.01
    }
}
