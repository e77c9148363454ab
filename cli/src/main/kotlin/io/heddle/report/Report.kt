package io.heddle.report

import io.heddle.describe.diff
import io.heddle.describe.equations
import io.heddle.experiment.Divergence
import io.heddle.experiment.Experiment
import io.heddle.experiment.Parity
import io.heddle.experiment.Resource
import io.heddle.experiment.Variant
import io.heddle.json.RecipeJson
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialEnd

/** Says what an experiment came to, in the order in which a reader asks. */
internal class Report(private val result: ExperimentResult, private val extent: Extent) {
    private val experiment = result.experiment
    private val outcomes = result.outcomes()
    private val comparisons = comparisons(outcomes, Judge(experiment))
    private val statements = Statements(experiment, outcomes, comparisons)
    private val endings = Endings(experiment, outcomes)
    private val charts by lazy { ChartBlocks(result) }

    /** All of it. */
    fun document(): Document =
        Document(
            experiment.name.ifBlank { "Experiment" },
            listOf(Block.Paragraph(asked()), Block.Paragraph(finished())) + plainly(),
            listOf(
                Section("Results", "results", results()),
                Section("Curves", "curves", charts.curves()),
                Section("Gradients and weights", "gradients", charts.blocks() + OutsideTable(result).blocks()),
                Section("Attention", "attention", AttentionBlocks(result).blocks()),
                Section("Times", "times", listOf(charts.times()) + TimedSteps(result).blocks()),
                Section("What differs in structure", "structure", structure()),
                Section("How it was run", "setup", setup()),
                Section("Files", "files", files()),
            ),
        )

    /** What stands first, for a terminal: what was compared, what differs, and what cannot be told. */
    fun statement(): String = (listOf(asked(), finished()) + sentences().map { "- $it" }).joinToString("\n")

    private fun asked(): String {
        val names = experiment.variants.joinToString(", ") { "“${line(it.name)}”" }
        val settings = if (experiment.settings.size == 1) "" else " with ${experiment.settings.size} settings"
        return "${Numbers.counted(experiment.variants.size, "variant")} ($names)$settings, trained from " +
            "${Numbers.counted(experiment.seeds.size, "seed")} each: ${Numbers.counted(planned, "trial")}." +
            "$own$shortened"
    }

    /** What of the recipe is a variant's own: such variants are not trained alike. */
    private val own = own().let { if (it.isEmpty()) "" else " Of the recipe, $it." }

    private val exception = if (own.isEmpty()) "" else ", and not all of that"

    private fun own(): String = experiment.variants.filter { it.changes.isNotEmpty() }.joinToString("; ") { own(it) }

    private fun own(variant: Variant): String {
        val words = variant.changes.joinToString(", ") { "${it.word} ${it.whole.joinToString()}" }
        return "“${line(variant.name)}” has its own ${line(words)}"
    }

    private val shortened =
        when (extent) {
            Extent.Whole -> ""
            Extent.Tenth -> " Each took a tenth of its steps (--quick): with all of them it may come out otherwise."
        }

    private val planned = experiment.variants.size * experiment.settings.size * experiment.seeds.size

    private fun finished(): String {
        val done = result.trials.count { it.end is TrialEnd.Finished }
        val told = if (done == planned) "All trials finished." else "$done of $planned trials finished."
        return "$told ${statements.sum()}".trim()
    }

    private val compared by lazy { statements.all() }
    private val uncounted by lazy { endings.all() }

    /** What differs, and what cannot be told: variant by variant, where that is many sentences. */
    private fun sentences(): List<String> {
        val told = if (compared.size > MANY) statements.byVariant() else compared
        val missing = if (uncounted.size > MANY) listOf(endings.sum()) else uncounted
        val alone = told.ifEmpty { listOf("There is one variant, and nothing to compare it with.") }
        return listOf(endings.found()).filter { it.isNotEmpty() } + alone + missing + UnfinishedWarmups(result).all()
    }

    private fun plainly(): List<Block> {
        val whole = listOf("Every comparison" to compared, "Every trial that is in no mean and no test" to uncounted)
        return listOf(Block.Items(sentences())) +
            whole.filter { it.second.size > MANY }.map { (what, all) -> Block.Details(what, listOf(Block.Items(all))) }
    }

    private fun results(): List<Block> {
        val method = if (comparisons.isEmpty()) emptyList() else listOf(Block.Paragraph(statements.method()))
        return listOf(ResultTable(result, outcomes, comparisons, endings).table()) +
            method +
            Block.Details("Every trial", listOf(TrialTable(result, endings).table()))
    }

    private fun structure(): List<Block> {
        val first = experiment.variants.first()
        val others =
            experiment.variants.drop(1).flatMapIndexed { number, variant ->
                val heading =
                    Block.Heading(
                        "“${line(variant.name)}” compared with “${line(first.name)}”",
                        "structure-${number + 1}",
                    )
                val changes = "${first.model.diff(variant.model)}".substringAfter("\n\n") // the heading says whose
                val own = if (variant.changes.isEmpty()) "" else "Of the recipe, ${own(variant)}."
                listOf(heading) +
                    listOf(own).filter { it.isNotEmpty() }.map { Block.Paragraph(it) } +
                    Block.Verbatim(changes)
            }
        val whole =
            Block.Details(
                "All equations of “${line(first.name)}”",
                listOf(Block.Verbatim(first.model.equations().text())),
            )
        return others + whole
    }

    private fun setup(): List<Block> {
        val setup = result.setup
        val rows =
            listOf(
                listOf("Heddle", setup.heddle),
                listOf("Machine", setup.machine),
                listOf("Threads of a trial", "${setup.threads}"),
                listOf("Trials side by side", "${setup.sideBySide}"),
                listOf("Seeds", experiment.seeds.joinToString(", ")),
                listOf("Settings", experiment.settings.joinToString("; ") { it.name }.ifEmpty { "one" }),
                listOf("What variants have alike", alike(experiment.parity)),
                listOf("Compared by", "final ${Judge(experiment).name}"),
                listOf("Given up", givenUp(experiment)),
            )
        val columns = listOf(Column("What", Column.Kind.Words), Column("How", Column.Kind.Words))
        return listOf(
            Block.Table("How the trials ran.", columns, 1, rows),
            Block.Details("The recipe, as JSON", listOf(Block.Verbatim(RecipeJson.write(experiment.recipe)))),
        ) + experiment.variants.filter { it.changes.isNotEmpty() }.map { ownRecipe(it) }
    }

    private fun ownRecipe(variant: Variant) =
        Block.Details(
            "The recipe of “${line(variant.name)}”, as JSON",
            listOf(Block.Verbatim(RecipeJson.write(experiment.recipeOf(variant)))),
        )

    private fun alike(parity: Parity): String =
        when (parity) {
            is Parity.None -> "nothing but the recipe$exception; the table of results has parameters and operations"
            is Parity.Required ->
                "${named(parity.resource)}, within ${Numbers.fixed(parity.within * 100, 1)} % of the first one"
            is Parity.Rescaled ->
                "${named(parity.resource)}: each is trained for as many steps as come to what the first one has; the " +
                    "table of results has the steps"
        }

    private fun named(resource: Resource): String =
        when (resource) {
            Resource.Parameters -> "parameters"
            Resource.Operations -> "operations"
            Resource.Time -> "time"
        }

    private fun givenUp(experiment: Experiment): String =
        when (val divergence = experiment.divergence) {
            is Divergence.NotANumber -> "where a loss or a gradient is no number"
            is Divergence.LossAbove ->
                "where a loss or a gradient is no number, or a training loss is above ${divergence.loss}"
        }

    private fun files(): List<Block> =
        listOf(
            Block.Items(
                listOf(
                    "runs.csv: a row a trial. curves.csv: a row a value, by trial and step.",
                    "runs.sqlite: the same, for questions in SQL, and all that was compared here before.",
                    "report.html and report.md: this report. charts holds its pictures as SVG, for papers.",
                    "tensorboard: event files of these trials, for tensorboard --logdir.",
                    "runs: a folder a trial, with its weights, for heddle generate, evaluate and attention; trials " +
                        "of other experiments that were compared here, too.",
                )
            )
        )

    private companion object {
        /** Of sentences, to be read one by one. */
        const val MANY = 12
    }
}
