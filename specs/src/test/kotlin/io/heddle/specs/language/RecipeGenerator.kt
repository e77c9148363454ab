package io.heddle.specs.language

import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Augmentation
import io.heddle.recipe.Baseline
import io.heddle.recipe.Batch
import io.heddle.recipe.BestBy
import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Clipping
import io.heddle.recipe.Columns
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Coverage
import io.heddle.recipe.Data
import io.heddle.recipe.Decays
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.recipe.Evaluation
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Keep
import io.heddle.recipe.Linear
import io.heddle.recipe.LogMel
import io.heddle.recipe.Metric
import io.heddle.recipe.Optimizer
import io.heddle.recipe.OwnWord
import io.heddle.recipe.PairFiles
import io.heddle.recipe.PictureFiles
import io.heddle.recipe.PixelScaling
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sample
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Schedule
import io.heddle.recipe.Sgd
import io.heddle.recipe.SpectrogramScaling
import io.heddle.recipe.StartingWeights
import io.heddle.recipe.Tokenization
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary

/** Any recipe that can be stored, whether it makes sense or not. */
val anyRecipe: Arb<Recipe> = arbitrary { RecipeGenerator(Choices(it.random)).recipe() }

private class RecipeGenerator(private val choices: Choices) {
    fun recipe() =
        Recipe(
            data(),
            choices.one({ Batch.Sequences(choices.count(64)) }, { Batch.Tokens(choices.count(4_096)) }),
            choices.count(4),
            choices.count(10_000),
            optimizer(),
            schedule(),
            choices.one({ Clipping.None }, { Clipping.GlobalNorm(choices.amount()) }),
            Evaluation(choices.count(500), batches(), metrics(), keep()),
            choices.count(1_000),
            choices.long(),
            choices.one(
                { StartingWeights.Drawn },
                { StartingWeights.Of("runs/a b", choices.one({ emptyList() }, { listOf("next/**", "label") })) },
            ),
            choices.one({ Sample.None }, { Sample.Text("\"\\\n\u2014 ", choices.count(300), decoding()) }),
            choices.one(
                { DecoderInput.TeacherForcing },
                { scheduledSampling() },
                { DecoderInput.Blanks },
                { DecoderInput.Masked },
            ),
            rewards(),
        )

    private fun keep() =
        choices.one<Keep>(
            { Keep.Last },
            { Keep.Best() },
            { Keep.Best(BestBy.Accuracy) },
            { Keep.Best(BestBy.Measured(Metric.ChrF)) },
        )

    private fun rewards() =
        choices.one<Rewards>(
            { Rewards.None },
            { Rewards.Reinforce(reward(), baseline(), choices.count(4), choices.count(900)) },
            { Rewards.Mixer(reward(), choices.count(25), choices.count(4), choices.count(99), baseline(), 7) },
            { Rewards.MinimumRisk(reward(), choices.count(99), choices.amount(), choices.count(9)) },
        )

    private fun reward() =
        choices.one<Reward>(
            { Reward.Bleu(choices.entry()) },
            { Reward.ChrF },
            { Reward.ExactMatch },
            { Reward.Function("\"\u00e9\n") },
        )

    private fun baseline() =
        choices.one<Baseline>(
            { Baseline.None },
            { Baseline.SelfCritical },
            { Baseline.MeanOfOthers },
            { Baseline.Learned(choices.rate()) },
        )

    private fun scheduledSampling() =
        DecoderInput.ScheduledSampling(
            choices.one<SampledShare>(
                { SampledShare.Constant(choices.rate()) },
                { SampledShare.Linear(choices.count(900), choices.rate()) },
                { SampledShare.Exponential(choices.rate()) },
                { SampledShare.InverseSigmoid(choices.amount()) },
            ),
            choices.count(4),
            choices.one<OwnWord>({ OwnWord.Likeliest }, { OwnWord.Drawn(choices.amount()) }),
        )

    private fun data() =
        choices.one<Data>(
            { Data.Text(listOf("a.txt", "b c.txt"), choices.count(2_048), tokenizer(), choices.rate()) },
            { Data.Pairs(files(), files(), tokenizer(), tokenizer(), choices.count(100)) },
            { Data.MaskedText(listOf("a.txt"), choices.count(99), tokenizer(), choices.rate(), choices.rate()) },
            {
                val classes = listOf("0", "1")
                Data.LabelledTexts("a", "b.csv", columns(), classes, tokenizer(), choices.count(99), choices.rate())
            },
            {
                val tags = listOf("O", "B-\u00e9")
                Data.TaggedWords("a", "b", numbered(), tags, tokenizer(), choices.count(99), choices.rate())
            },
            { pictures() },
            { graphs() },
            { Data.BoxedPictures(boxed(), boxed(), listOf("disc", "\u00e9"), scaling()) },
            { Data.Recordings("a", "b", features(), tokenizer(), choices.amount(), choices.count(99)) },
            {
                Data.ReverseTask(
                    choices.count(99),
                    choices.count(9),
                    choices.count(25),
                    50,
                    choices.long(),
                    choices.count(5),
                )
            },
        )

    private fun graphs() =
        Data.BlockGraphs(
            choices.count(99),
            choices.count(9),
            choices.count(9),
            choices.count(40),
            choices.count(5),
            choices.rate(),
            choices.rate(),
            choices.amount(),
            choices.long(),
        )

    private fun features(): LogMel {
        val (low, high) = choices.rate() to choices.amount()
        val scaling =
            choices.one<SpectrogramScaling>(
                { SpectrogramScaling.None },
                { SpectrogramScaling.PerRecording },
                { SpectrogramScaling.Fixed(choices.amount(), choices.amount()) },
            )
        val (bands, rate, window, hop) = List(4) { choices.count(9_000) }
        return LogMel(bands, rate, window, hop, low, high, choices.entry(), scaling)
    }

    private fun pictures(): Data {
        val held =
            choices.one<HeldOutPictures>(
                { HeldOutPictures.Files(PictureFiles("c", "d")) },
                { HeldOutPictures.Last(choices.count(99)) },
            )
        val changes = choices.one<Augmentation>({ Augmentation.None }, { Augmentation.Shift(choices.count(4)) })
        return Data.Pictures(PictureFiles("a.gz", "b"), held, listOf("0", "\u00e9"), scaling(), changes)
    }

    private fun scaling() =
        choices.one<PixelScaling>(
            { PixelScaling.ZeroToOne },
            { PixelScaling.Standardized(choices.rate(), choices.amount()) },
        )

    private fun boxed() =
        choices.one<BoxedSource>(
            { BoxedSource.Coco("a.json", "b c") },
            { BoxedSource.Shapes(choices.count(99), choices.count(4), choices.rate(), choices.long()) },
        )

    private fun files() =
        choices.one<PairFiles>(
            { PairFiles.TwoFiles("a.de", "a.en") },
            { PairFiles.TabSeparated("dev.tsv") },
            { PairFiles.Aligned("a.de", "a.en", "a.align") },
        )

    private fun columns() = choices.one<Columns>({ numbered() }, { Columns.Named("text", "its label") })

    private fun numbered() = Columns.Numbered(choices.count(4), choices.count(4))

    private fun tokenizer() =
        choices.one<Tokenization>(
            { Tokenization.Characters },
            { Tokenization.Words(choices.count(5)) },
            { Tokenization.WordsAndEndings(choices.count(5)) },
            { Tokenization.BytePairEncoding(100 * choices.count(5)) },
            { Tokenization.File("tokenizer.json") },
        )

    private fun optimizer() =
        choices.one<Optimizer>(
            { Sgd(choices.amount(), choices.rate()) },
            { Adam(choices.amount(), choices.rate(), choices.rate(), choices.amount()) },
            { AdamW(choices.amount(), weightDecay = choices.rate(), decays = decays()) },
        )

    private fun decays() =
        choices.one(
            { Decays.MatricesAndTables },
            { Decays.Matrices },
            { Decays.Everything },
            { Decays.Matching(listOf("**/weight", "decoder/*/attention/**")) },
        )

    private fun schedule() =
        choices.one<Schedule>(
            { Constant(choices.count(9)) },
            { Linear(choices.count(9), choices.rate()) },
            { Cosine(choices.count(9), choices.rate()) },
            { InverseSquareRoot(choices.count(9)) },
        )

    private fun batches() = choices.one({ EvaluationBatches.All }, { EvaluationBatches.Drawn(choices.count(20)) })

    private fun metrics() =
        choices.one<List<Metric>>(
            { emptyList() },
            { listOf(Metric.Bleu(choices.entry())) },
            { listOf(Metric.ChrF, Metric.ChrFWithWords, Metric.TranslationEditRate) },
            { listOf(Metric.Rouge, Metric.WordErrorRate, Metric.CharacterErrorRate, Metric.ExactMatch) },
            { listOf(Metric.Entities, Metric.MeanAveragePrecision) },
        )

    private fun decoding() =
        choices.one(
            { way() },
            { Decoding.Restricted(way(), listOf(rule(), rule())) },
            { Decoding.Restricted(Decoding.Beam(4), listOf(rule(), DecodingRule.Required("a"))) },
        )

    private fun way() =
        choices.one<Decoding>(
            { Decoding.Greedy },
            { Decoding.Sampling(choices.amount(), choices.count(40), choices.rate()) },
            { Decoding.Sampling(minP = choices.rate(), typical = 0.5) },
            { Decoding.Beam(choices.count(5), choices.rate()) },
            { Decoding.Beam(4, coverage = Coverage.Penalty("decoder/0/crossAttention", choices.amount())) },
            { Decoding.Contrastive(choices.count(8), choices.rate()) },
            { Decoding.AllAtOnce(choices.count(10), choices.count(5)) },
            { Decoding.DiverseBeam(6, choices.count(3), choices.rate(), choices.rate()) },
        )

    private fun rule() =
        choices.one<DecodingRule>(
            { DecodingRule.NoRepeat(choices.count(4)) },
            { DecodingRule.RepetitionPenalty(choices.amount()) },
            { DecodingRule.Beginning("a") },
            { DecodingRule.Stop(".\n") },
        )
}
