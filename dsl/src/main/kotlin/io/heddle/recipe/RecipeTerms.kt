package io.heddle.recipe

/** The terms of recipes that are said without a number, for Java: `import static io.heddle.recipe.RecipeTerms.*`. */
public object RecipeTerms {
    @JvmField public val CHARACTERS: Tokenization = Tokenization.Characters

    @JvmField public val MATRICES_AND_TABLES: Decays = Decays.MatricesAndTables
    @JvmField public val MATRICES: Decays = Decays.Matrices
    @JvmField public val EVERY_WEIGHT: Decays = Decays.Everything

    @JvmField public val ZERO_TO_ONE: PixelScaling = PixelScaling.ZeroToOne
    @JvmField public val NOT_AUGMENTED: Augmentation = Augmentation.None

    @JvmField public val LOGARITHMS: SpectrogramScaling = SpectrogramScaling.None
    @JvmField public val PER_RECORDING: SpectrogramScaling = SpectrogramScaling.PerRecording

    @JvmField public val TEACHER_FORCING: DecoderInput = DecoderInput.TeacherForcing
    @JvmField public val BLANKS: DecoderInput = DecoderInput.Blanks
    @JvmField public val MASKED: DecoderInput = DecoderInput.Masked
    @JvmField public val LIKELIEST: OwnWord = OwnWord.Likeliest

    @JvmField public val NO_REWARDS: Rewards = Rewards.None
    @JvmField public val CHRF_REWARD: Reward = Reward.ChrF
    @JvmField public val EXACT_MATCH_REWARD: Reward = Reward.ExactMatch
    @JvmField public val NO_BASELINE: Baseline = Baseline.None
    @JvmField public val SELF_CRITICAL: Baseline = Baseline.SelfCritical
    @JvmField public val MEAN_OF_OTHERS: Baseline = Baseline.MeanOfOthers

    @JvmField public val GREEDY: Decoding = Decoding.Greedy
    @JvmField public val NO_COVERAGE: Coverage = Coverage.None

    @JvmField public val NOT_CLIPPED: Clipping = Clipping.None
    @JvmField public val CHRF: Metric = Metric.ChrF
    @JvmField public val CHRF_WITH_WORDS: Metric = Metric.ChrFWithWords
    @JvmField public val TRANSLATION_EDIT_RATE: Metric = Metric.TranslationEditRate
    @JvmField public val ROUGE: Metric = Metric.Rouge
    @JvmField public val WORD_ERROR_RATE: Metric = Metric.WordErrorRate
    @JvmField public val CHARACTER_ERROR_RATE: Metric = Metric.CharacterErrorRate
    @JvmField public val EXACT_MATCH: Metric = Metric.ExactMatch
    @JvmField public val ENTITIES: Metric = Metric.Entities
    @JvmField public val MEAN_AVERAGE_PRECISION: Metric = Metric.MeanAveragePrecision
    @JvmField public val ALL_HELD_OUT: EvaluationBatches = EvaluationBatches.All
    @JvmField public val DRAWN: StartingWeights = StartingWeights.Drawn
    @JvmField public val KEEP_LAST: Keep = Keep.Last
    @JvmField public val BY_LOSS: BestBy = BestBy.Loss
    @JvmField public val BY_ACCURACY: BestBy = BestBy.Accuracy
    @JvmField public val NO_SAMPLE: Sample = Sample.None
}
