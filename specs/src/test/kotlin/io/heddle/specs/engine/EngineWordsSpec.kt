package io.heddle.specs.engine

import io.heddle.specs.support.pieces
import io.heddle.specs.support.told
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension

/** Every word of `io.heddle.runtime.messages` is pinned where the engine tells it, in the specs that are named here. */
class EngineWordsSpec :
    StringSpec({
        val specs = Path.of("src/test/kotlin/io/heddle/specs")
        val messages =
            Path.of("../runtime/src/main/java/io/heddle/runtime/messages").listDirectoryEntries("*Messages.java")
        val told =
            mapOf(
                "BlockGraphMessages" to listOf("data/BlockGraphsSpec", "cli/BlockGraphsVerbSpec"),
                "BoxMessages" to listOf("data/BoxedDataSpec", "train/BoxTrainingSpec"),
                "CheckpointMessages" to listOf("train/CheckpointProblemsSpec", "cli/GenerateVerbSpec"),
                "DataMessages" to listOf("data/TextDataSpec", "data/CharacterTokenizerSpec", "data/SegmentsSpec"),
                "DecodingMessages" to
                    listOf(
                            "DecodingRulesSpec",
                            "AllAtOnceSpec",
                            "RequiredWordsSpec",
                            "SourceBeamsSpec",
                            "RuleWordsSpec",
                        )
                        .map { "generate/$it" } + "cli/AllAtOnceVerbSpec",
                "DraftMessages" to listOf("generate/SpeculationSpec"),
                "ExchangeMessages" to listOf("exchange/WeightImportSpec", "huggingface/ImportProblemsSpec"),
                "ExperimentMessages" to listOf("experiment/HalvingSpec", "experiment/TimedComparisonSpec"),
                "ExperimentStoreMessages" to listOf("experiment/StoreProblemsSpec"),
                "ForeignFileMessages" to listOf("weights/SafetensorsProblemsSpec"),
                "GradientMessages" to listOf("engine/gradient/GradientsSpec", "engine/gradient/RejectedOps"),
                "ImportMessages" to listOf("huggingface/ImportProblemsSpec", "cli/ImportVerbSpec"),
                "IndexMessages" to
                    listOf("engine/program/ProgramSpec", "engine/program/StatesSpec", "engine/portable/PlacesSpec"),
                "LabelMessages" to
                    listOf("LabelledTextsSpec", "TaggedWordsSpec", "WordDropoutSpec").map { "data/$it" } +
                        listOf("cli/EvaluateLabelsSpec", "cli/EvaluatePicturesSpec"),
                "MemoryMessages" to listOf("engine/program/MemoryProblemsSpec"),
                "MetricsMessages" to listOf("record/MetricsLogSpec"),
                "NamesMessages" to listOf("exchange/WeightImportSpec"),
                "PairMessages" to
                    listOf("data/PairTextSpec", "data/PairDataSpec", "train/BeforeTheFirstStepSpec") +
                        listOf("data/HiddenTargetsSpec", "data/AlignedPairsSpec"),
                "PictureMessages" to listOf("data/PictureDataSpec", "cli/EvaluatePicturesSpec"),
                "ProgramMessages" to
                    listOf("ProgramSpec", "ParameterBufferSpec", "StatesSpec").map { "engine/program/$it" },
                "PromptMessages" to listOf("cli/GenerateVerbSpec", "generate/SpeculationSpec"),
                "ReadingMessages" to listOf("data/TextFileSpec"),
                "RecordingMessages" to listOf("attention/AttentionRecorderSpec", "cli/AttentionVerbSpec"),
                "RewardMessages" to listOf("train/RewardsSpec"),
                "ScoreMessages" to
                    listOf("SacreBleuSpec", "LineMeasuresSpec", "MeanAveragePrecisionSpec").map { "evaluate/$it" } +
                        listOf("cli/GenerateVerbSpec", "cli/EvaluateMetricsSpec"),
                "ShardMessages" to listOf("huggingface/ImportProblemsSpec"),
                "SizesMessages" to listOf("engine/plan/SizesSpec"),
                "StartMessages" to listOf("train/StartingWeightsSpec"),
                "SoundMessages" to listOf("data/RecordingDataSpec", "data/LogMelSpec", "cli/RecordingVerbsSpec"),
                "SpeakingMessages" to listOf("data/SpokenDataSpec", "cli/SpeakingVerbsSpec"),
                "TensorMessages" to listOf("weights/SafetensorsProblemsSpec", "weights/SafetensorsReadingSpec"),
                "TensorWritingMessages" to listOf("weights/SafetensorsWritingSpec"),
                "TextMessages" to listOf("data/TextFileSpec"),
                "TokenizerFileMessages" to
                    listOf("data/HuggingFaceTokenizerSpec", "data/Llama2cTokenizerSpec", "data/TokenizerFileSpec"),
                "TokenizerMessages" to
                    listOf("data/CharacterTokenizerSpec", "data/WordTokenizerSpec", "data/BytePairEncodingSpec"),
                "TrainingMessages" to
                    listOf("ResumeSpec", "OtherDataSpec", "DecaysSpec", "TrainingStepSpec", "BeforeTheFirstStepSpec")
                        .map { "train/$it" },
                "WeightsMessages" to listOf("weights/SafetensorsProblemsSpec", "weights/SafetensorsReadingSpec"),
                "WritingMessages" to
                    listOf("files/AtomicFileSpec", "files/AtomicFolderSpec", "train/BeforeTheFirstStepSpec"),
            )

        "every topic has its specs" { messages.map { it.nameWithoutExtension }.sorted() shouldBe told.keys.sorted() }

        messages.forEach { file ->
            val topic = file.nameWithoutExtension
            "every word of $topic is told" {
                val texts = told.getValue(topic).joinToString("\n") { (specs / "$it.kt").told() }
                file.pieces().filterNot { it in texts }.shouldBeEmpty()
            }
        }
    })
