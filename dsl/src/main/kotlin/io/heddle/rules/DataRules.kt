package io.heddle.rules

import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.BlockGraphMessages
import io.heddle.messages.LabelMessages
import io.heddle.messages.PictureDataMessages
import io.heddle.messages.RecipeMessages
import io.heddle.messages.SoundDataMessages
import io.heddle.recipe.Augmentation
import io.heddle.recipe.Columns
import io.heddle.recipe.Data
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.LogMel
import io.heddle.recipe.PairFiles
import io.heddle.recipe.PixelScaling
import io.heddle.recipe.Recipe
import io.heddle.recipe.SpectrogramScaling
import io.heddle.recipe.Tokenization

/** Numbers and names of a recipe's data are in their ranges. */
internal class DataRules(private val recipe: Recipe, private val findings: RecipeFindings) {
    fun check() =
        when (val data = recipe.data) {
            is Data.Text -> text(data.files, data.context, data.tokenizer, data.validation)
            is Data.MaskedText -> {
                text(data.files, data.context, data.tokenizer, data.validation)
                findings.part(Said("share", "data.share"), data.share)
            }
            is Data.Pairs -> {
                alike(data.training, data.validation)
                findings.positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.source)
                tokenization(data.target)
            }
            is Data.LabelledTexts -> {
                findings.positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.tokenizer)
                classes(Said("classes", "data.classes"), data.classes)
                columns(data.columns)
                wordDropout(data.wordDropout, data.tokenizer)
            }
            is Data.TaggedWords -> {
                findings.positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.tokenizer)
                classes(Said("tags", "data.tags"), data.tags)
                columns(data.columns)
                wordDropout(data.wordDropout, data.tokenizer)
            }
            is Data.Pictures -> pictures(data)
            is Data.BoxedPictures -> {
                findings.boxed(data, recipe.accumulation)
                scaling(data.scaling)
            }
            is Data.BlockGraphs -> graphs(data)
            is Data.Recordings -> {
                findings.amount(Said("maximumSeconds", "data.maximumSeconds"), data.maximumSeconds)
                findings.positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.tokenizer)
                features(data.features)
            }
            is Data.ReverseTask -> {
                findings.positive(Said("pairs", "data.pairs"), data.pairs)
                findings.positive(Said("validationPairs", "data.validationPairs"), data.validationPairs)
                findings.positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                findings.positive(Said("symbols", "data.symbols"), data.symbols)
                findings.notNegative(Said("longer", "data.longer"), data.longer)
            }
        }

    private fun text(files: List<String>, context: Int, tokenizer: Tokenization, validation: Double) {
        findings.positive(Said("context", "data.context"), context)
        tokenization(tokenizer)
        findings.require(files.isNotEmpty(), Said("files", "data.files"), "none", RecipeMessages.noFiles())
        findings.part(Said("validation", "data.validation"), validation)
    }

    private fun alike(training: PairFiles, validation: PairFiles) {
        val fine = training.aligned == validation.aligned
        findings.require(fine, Said("validation", "data.validation"), validation.word, AllAtOnceMessages.alignedAlone())
    }

    private fun pictures(data: Data.Pictures) {
        classes(Said("classes", "data.classes"), data.classes)
        when (val validation = data.validation) {
            is HeldOutPictures.Files -> Unit
            is HeldOutPictures.Last -> findings.positive(Said("last", "data.validation"), validation.count)
        }
        scaling(data.scaling)
        when (val augmentation = data.augmentation) {
            is Augmentation.None -> Unit
            is Augmentation.Shift -> findings.positive(Said("pixels", "data.augmentation"), augmentation.pixels)
        }
    }

    private fun scaling(scaling: PixelScaling) =
        when (scaling) {
            is PixelScaling.ZeroToOne -> Unit
            is PixelScaling.Standardized -> {
                val mean = Said("mean", "data.scaling")
                findings.require(scaling.mean in 0.0..1.0, mean, scaling.mean, PictureDataMessages.notAMean(mean.name))
                findings.amount(Said("deviation", "data.scaling"), scaling.deviation)
            }
        }

    private fun graphs(data: Data.BlockGraphs) {
        findings.positive(Said("graphs", "data.graphs"), data.graphs)
        findings.positive(Said("validationGraphs", "data.validationGraphs"), data.validationGraphs)
        findings.positive(Said("minimumNodes", "data.minimumNodes"), data.minimumNodes)
        val most = Said("maximumNodes", "data.maximumNodes")
        val ordered = data.maximumNodes >= data.minimumNodes
        findings.require(ordered, most, data.maximumNodes, BlockGraphMessages.nodesAreTheWrongWayRound())
        val blocks = Said("blocks", "data.blocks")
        findings.require(data.blocks > 1, blocks, data.blocks, BlockGraphMessages.fewBlocks())
        chance(Said("within", "data.within"), data.within)
        chance(Said("between", "data.between"), data.between)
        findings.amountOrNone(Said("signal", "data.signal"), data.signal)
        val each = data.maximumNodes.toLong() * maxOf(data.maximumNodes, data.blocks)
        val count = data.graphs.toLong() + data.validationGraphs
        val fits = each <= 0 || count <= MOST_NUMBERS / each
        findings.require(fits, most, data.maximumNodes, BlockGraphMessages.tooLarge(MOST_NUMBERS))
    }

    private fun features(features: LogMel) {
        findings.positive(Said("bands", "data.features"), features.bands)
        findings.positive(Said("rate", "data.features"), features.rate)
        findings.positive(Said("hop", "data.features"), features.hop)
        val window = Said("window", "data.features")
        findings.positive(window, features.window)
        val fits = features.window <= LONGEST_WINDOW
        findings.require(fits, window, features.window, SoundDataMessages.windowIsTooLong(LONGEST_WINDOW))
        findings.amountOrNone(Said("lowest", "data.features"), features.lowest)
        when (val scaling = features.scaling) {
            is SpectrogramScaling.None,
            is SpectrogramScaling.PerRecording -> Unit
            is SpectrogramScaling.Fixed -> {
                val mean = Said("mean", "data.features.scaling")
                findings.require(scaling.mean.isFinite(), mean, scaling.mean, SoundDataMessages.notAMean())
                findings.amount(Said("deviation", "data.features.scaling"), scaling.deviation)
            }
        }
        val fine = features.highest > features.lowest && features.highest <= features.rate / 2.0
        val highest = Said("highest", "data.features")
        findings.require(fine, highest, features.highest, SoundDataMessages.frequenciesAreWrong(features.rate))
    }

    private fun chance(said: Said, value: Double) =
        findings.require(value in 0.0..1.0, said, value, BlockGraphMessages.notAChance(said.name))

    private fun classes(said: Said, names: List<String>) {
        findings.require(names.size > 1, said, names, LabelMessages.fewClasses(said.name))
        val twice = names.groupingBy { it }.eachCount().filterValues { it > 1 }.keys.firstOrNull() ?: return
        findings.require(false, said, twice, LabelMessages.repeatedClass(said.name))
    }

    private fun wordDropout(share: Double, tokenizer: Tokenization) {
        val said = Said("wordDropout", "data.wordDropout")
        findings.rate(said, share)
        val fine = share == 0.0 || tokenizer != Tokenization.Characters
        findings.require(fine, said, share, LabelMessages.lettersAreKnown())
    }

    private fun columns(columns: Columns) =
        when (columns) {
            is Columns.Named -> {
                val fine = columns.input != columns.label
                findings.require(
                    fine,
                    Said("label", "data.columns"),
                    columns.label,
                    LabelMessages.columnNotThere("label"),
                )
            }
            is Columns.Numbered -> {
                val (input, label) = columns
                findings.require(input > 0, Said("input", "data.columns"), input, LabelMessages.columnNotThere("input"))
                val fine = label > 0 && label != input
                findings.require(fine, Said("label", "data.columns"), label, LabelMessages.columnNotThere("label"))
            }
        }

    private fun tokenization(tokenization: Tokenization) =
        when (tokenization) {
            is Tokenization.Characters,
            is Tokenization.File -> Unit
            is Tokenization.Words -> findings.positive(Said("minimum", "data"), tokenization.minimum)
            is Tokenization.WordsAndEndings -> findings.positive(Said("minimum", "data"), tokenization.minimum)
            is Tokenization.BytePairEncoding -> findings.positive(Said("vocabulary", "data"), tokenization.vocabulary)
        }

    private companion object {
        /** Samples: its transform stays small. */
        const val LONGEST_WINDOW = 65_536
    }
}
