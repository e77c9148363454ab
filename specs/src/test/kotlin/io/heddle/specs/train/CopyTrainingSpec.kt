package io.heddle.specs.train

import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.tabSeparated
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Cosine
import io.heddle.recipe.Decoding
import io.heddle.recipe.Recipe
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Prompts
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.samples.MadeUpPairs
import io.heddle.script.DescriptionFiles
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.io.path.writeLines

/** Names that were never seen are written where they may be copied, and nowhere else (arXiv 1704.04368). */
class CopyTrainingSpec :
    StringSpec({
        val samples = Path.of("..", "samples")
        val models = DescriptionFiles.read(samples.resolve("names.model.kts")).models.map { it.value }
        val base = tempdir().toPath()
        val tests = samples.resolve("data/names/test.tsv").readLines().take(60)
        listOf("train", "dev").forEach { part ->
            base.resolve("$part.tsv").writeLines(samples.resolve("data/names/$part.tsv").readLines())
        }
        val training: Recipe =
            recipe(
                pairs(tabSeparated("train.tsv"), tabSeparated("dev.tsv"), Tokenization.Words(minimum = 20)),
                steps = 90,
            ) {
                batch(16)
                optimizer = AdamW(learningRate = 4e-3)
                schedule = Cosine(warmup = 30, floor = 1e-4)
                clip(1.0)
                evaluate(every = 90)
            }

        /** What a trained model answers, by [decoding]. */
        fun answers(run: Path, decoding: Decoding): List<String> =
            Engine.cpu(1).use { engine ->
                val checkpoint = Checkpoint.open(run)
                val model = RunnableModel.blank(checkpoint.model(), engine)
                checkpoint.loadWeights(model.weights())
                val tokenizers = checkpoint.tokenizers()
                val prompts = Prompts(tokenizers, ModelRoles.of(checkpoint.model()), "test")
                val sources = tests.map { it.substringBefore('\t') }
                val ids = sources.map { prompts.ids(it) }
                val words = sources.zip(ids).flatMap { (source, each) -> prompts.words(source, each) }
                val begin = tokenizers.written().specialIds().begin().asInt
                val written = Generator.of(model, decoding, tokenizers.written(), 1).from(ids, words, begin, 20)
                written.mapIndexed { row, one ->
                    if (words.isEmpty()) tokenizers.written().decode(one.ids()) else words[row].decode(one.ids())
                }
            }

        fun right(answers: List<String>): Double =
            answers.zip(tests).count { (answer, pair) -> answer == pair.substringAfter('\t') } / tests.size.toDouble()

        fun trained(model: Model): Path =
            tempdir().toPath().also { train(model, training, base, it, engine = Engine.cpu(1)) }

        "a decoder that copies writes names that no vocabulary has" {
            val run = trained(models.single { it.name == "copying" })
            right(answers(run, Decoding.Greedy)) shouldBeGreaterThan 0.95
            right(answers(run, Decoding.Beam(2, 1.0))) shouldBeGreaterThan 0.95
        }

        "one that does not copy writes none of them" {
            right(answers(trained(models.single { it.name == "plain" }), Decoding.Greedy)) shouldBe 0.0
        }

        "the sample's files are what its generator writes" {
            val names = MadeUpPairs(1)
            listOf("train" to 1_500, "dev" to 100, "test" to 300).forEach { (part, count) ->
                samples.resolve("data/names/$part.tsv").readLines() shouldBe names.names(count)
            }
        }
    })
