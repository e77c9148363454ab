@file:JvmName("Descriptions")

package io.heddle.dsl

import io.heddle.experiment.Experiment
import io.heddle.model.Model
import io.heddle.recipe.Augmentation
import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Columns
import io.heddle.recipe.Data
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.LogMel
import io.heddle.recipe.MelScale
import io.heddle.recipe.PairFiles
import io.heddle.recipe.PictureFiles
import io.heddle.recipe.PixelScaling
import io.heddle.recipe.Recipe
import io.heddle.recipe.SpectrogramScaling
import io.heddle.recipe.Tokenization
import java.util.function.Consumer
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic

/**
 * Describes a model.
 *
 * Nothing is thrown for a model that does not fit together: ask it with `check()`, which tells everything at once.
 *
 * @param width how many numbers describe a token where a component does not say otherwise
 */
@JvmSynthetic
public fun model(name: String, width: Int, describe: ModelScope.() -> Unit): Model {
    val scope = ModelScope(Description(name, width, Caller.origin("model(\"$name\", width = $width)")))
    scope.describe()
    return scope.build()
}

/** Another model: this one, changed as [change] says. */
@JvmSynthetic
public fun Model.edit(change: EditScope.() -> Unit): Model =
    EditScope(this, Caller.origin("edit { ... }")).apply(change).build()

/** The same for Java. */
public object Heddle {
    /** Describes a model; see [io.heddle.dsl.model]. */
    @JvmStatic
    public fun model(name: String, width: Int, describe: Consumer<ModelScope>): Model =
        io.heddle.dsl.model(name, width) { describe.accept(this) }

    /** Another model: [model], changed as [change] says. */
    @JvmStatic public fun edit(model: Model, change: Consumer<EditScope>): Model = model.edit { change.accept(this) }

    /** Describes a training; see [io.heddle.dsl.recipe]. */
    @JvmStatic
    @JvmOverloads
    public fun recipe(data: Data, steps: Int, describe: Consumer<RecipeScope> = Consumer {}): Recipe =
        io.heddle.dsl.recipe(data, steps) { describe.accept(this) }

    /** Describes a comparison; see [io.heddle.dsl.experiment]. */
    @JvmStatic
    public fun experiment(name: String, describe: Consumer<ExperimentScope>): Experiment =
        io.heddle.dsl.experiment(name) { describe.accept(this) }

    /** Running text, character by character; see [io.heddle.dsl.text]. */
    @JvmStatic public fun text(context: Int, vararg files: String): Data = text(*files, context = context)

    /** Running text, of which a share at the end is held out; see [io.heddle.dsl.text]. */
    @JvmStatic
    public fun text(context: Int, tokenizer: Tokenization, validation: Double, vararg files: String): Data =
        text(*files, context = context, tokenizer = tokenizer, validation = validation)

    /** Running text with hidden characters, of which a tenth at the end is held out; see [io.heddle.dsl.maskedText]. */
    @JvmStatic public fun maskedText(context: Int, vararg files: String): Data = maskedText(*files, context = context)

    /** Running text with hidden tokens; see [io.heddle.dsl.maskedText]. */
    @JvmStatic
    public fun maskedText(
        context: Int,
        tokenizer: Tokenization,
        validation: Double,
        share: Double,
        vararg files: String,
    ): Data = maskedText(*files, context = context, tokenizer = tokenizer, validation = validation, share = share)

    /** Sentence pairs; see [io.heddle.dsl.pairs]. */
    @JvmStatic
    @JvmOverloads
    public fun pairs(
        training: PairFiles,
        validation: PairFiles,
        tokenizer: Tokenization,
        target: Tokenization = tokenizer,
        maximumLength: Int = 256,
    ): Data = io.heddle.dsl.pairs(training, validation, tokenizer, target, maximumLength)

    /** Texts with a class each; see [io.heddle.dsl.labelledTexts]. */
    @JvmStatic
    @JvmOverloads
    public fun labelledTexts(
        training: String,
        validation: String,
        classes: List<String>,
        tokenizer: Tokenization = Tokenization.Words(2),
        columns: Columns = Columns.Numbered(1, 2),
        maximumLength: Int = 256,
        wordDropout: Double = 0.0,
    ): Data = io.heddle.dsl.labelledTexts(training, validation, classes, tokenizer, columns, maximumLength, wordDropout)

    /** Sentences with a tag for each word; see [io.heddle.dsl.taggedWords]. */
    @JvmStatic
    @JvmOverloads
    public fun taggedWords(
        training: String,
        validation: String,
        tags: List<String>,
        tokenizer: Tokenization = Tokenization.WordsAndEndings(2),
        columns: Columns.Numbered = Columns.Numbered(1, 2),
        maximumLength: Int = 256,
        wordDropout: Double = 0.0,
    ): Data = io.heddle.dsl.taggedWords(training, validation, tags, tokenizer, columns, maximumLength, wordDropout)

    /** Pictures with a class each; see [io.heddle.dsl.pictures]. */
    @JvmStatic
    @JvmOverloads
    public fun pictures(
        training: PictureFiles,
        validation: PictureFiles,
        classes: List<String>,
        scaling: PixelScaling = PixelScaling.ZeroToOne,
        augmentation: Augmentation = Augmentation.None,
    ): Data = io.heddle.dsl.pictures(training, validation, classes, scaling, augmentation)

    /** Pictures with a class each, of which the last ones are held out; see [io.heddle.dsl.pictures]. */
    @JvmStatic
    @JvmOverloads
    public fun pictures(
        training: PictureFiles,
        validation: HeldOutPictures,
        classes: List<String>,
        scaling: PixelScaling = PixelScaling.ZeroToOne,
        augmentation: Augmentation = Augmentation.None,
    ): Data = io.heddle.dsl.pictures(training, validation, classes, scaling, augmentation)

    /** A file of pictures and one of their classes; see [io.heddle.dsl.idx]. */
    @JvmStatic public fun idx(images: String, labels: String): PictureFiles = io.heddle.dsl.idx(images, labels)

    /** Pictures with boxes around their objects; see [io.heddle.dsl.boxedPictures]. */
    @JvmStatic
    @JvmOverloads
    public fun boxedPictures(
        training: BoxedSource,
        validation: BoxedSource,
        classes: List<String>,
        scaling: PixelScaling = PixelScaling.ZeroToOne,
    ): Data = io.heddle.dsl.boxedPictures(training, validation, classes, scaling)

    /** A file of COCO's annotations, and the folder of their pictures; see [io.heddle.dsl.coco]. */
    @JvmStatic
    public fun coco(annotations: String, folder: String): BoxedSource = io.heddle.dsl.coco(annotations, folder)

    /** Shapes that Heddle draws itself; see [io.heddle.dsl.shapes]. */
    @JvmStatic
    @JvmOverloads
    public fun shapes(pictures: Int, most: Int = 3, noise: Double = 0.05, seed: Long = 42): BoxedSource =
        io.heddle.dsl.shapes(pictures, most, noise, seed)

    /** Recordings of speech with what is said in them; see [io.heddle.dsl.recordings]. */
    @JvmStatic
    @JvmOverloads
    public fun recordings(
        training: String,
        validation: String,
        features: LogMel = io.heddle.dsl.logMel(),
        tokenizer: Tokenization = Tokenization.Characters,
        maximumSeconds: Double = 20.0,
        maximumLength: Int = 256,
    ): Data = io.heddle.dsl.recordings(training, validation, features, tokenizer, maximumSeconds, maximumLength)

    /** Log-mel features of sound; see [io.heddle.dsl.logMel]. */
    @JvmStatic
    @JvmOverloads
    public fun logMel(
        bands: Int = 80,
        rate: Int = 16_000,
        window: Int = rate / 40,
        hop: Int = rate / 100,
        lowest: Double = 0.0,
        highest: Double = rate / 2.0,
        scale: MelScale = MelScale.Slaney,
        scaling: SpectrogramScaling = SpectrogramScaling.PerRecording,
    ): LogMel = io.heddle.dsl.logMel(bands, rate, window, hop, lowest, highest, scale, scaling)

    /** Two files whose lines belong together. */
    @JvmStatic public fun files(source: String, target: String): PairFiles = io.heddle.dsl.files(source, target)

    /** Two files and how their words are aligned; see [io.heddle.dsl.files]. */
    @JvmStatic
    public fun files(source: String, target: String, alignments: String): PairFiles =
        io.heddle.dsl.files(source, target, alignments)

    /** One file with a tab in each line. */
    @JvmStatic public fun tabSeparated(file: String): PairFiles = io.heddle.dsl.tabSeparated(file)

    /** Graphs of a stochastic block model; see [io.heddle.dsl.blockGraphs]. */
    @JvmStatic
    @JvmOverloads
    public fun blockGraphs(
        graphs: Int = 2_000,
        validationGraphs: Int = 200,
        minimumNodes: Int = 20,
        maximumNodes: Int = 40,
        blocks: Int = 4,
        within: Double = 0.5,
        between: Double = 0.05,
        signal: Double = 1.0,
        seed: Long = 42,
    ): Data =
        io.heddle.dsl.blockGraphs(
            graphs,
            validationGraphs,
            minimumNodes,
            maximumNodes,
            blocks,
            within,
            between,
            signal,
            seed,
        )

    /** Number sequences to be reversed; see [io.heddle.dsl.reverseTask]. */
    @JvmStatic
    @JvmOverloads
    public fun reverseTask(
        pairs: Int = 50_000,
        validationPairs: Int = 1_000,
        maximumLength: Int = 25,
        symbols: Int = 50,
        seed: Long = 42,
        longer: Int = 5,
    ): Data = io.heddle.dsl.reverseTask(pairs, validationPairs, maximumLength, symbols, seed, longer)
}
