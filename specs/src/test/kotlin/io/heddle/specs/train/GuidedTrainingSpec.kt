package io.heddle.specs.train

import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.tabSeparated
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Recipe
import io.heddle.recipe.Tokenization
import io.heddle.rules.attentions
import io.heddle.runtime.attention.AttentionRecorder
import io.heddle.runtime.attention.Diagonal
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.samples.MadeUpPairs
import io.heddle.script.DescriptionFiles
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.io.path.writeLines
import kotlin.math.exp

/** Where attention is guided, it is diagonal sooner (arXiv 1710.08969, section 4.1). */
class GuidedTrainingSpec :
    StringSpec({
        val samples = Path.of("..", "samples")
        val models = DescriptionFiles.read(samples.resolve("spelling.model.kts")).models.map { it.value }
        val guided = models.single { it.name == "guided" }
        val plain = models.single { it.name == "plain" }
        val base = tempdir().toPath()
        listOf("train", "dev").forEach { part ->
            base.resolve("$part.tsv").writeLines(samples.resolve("data/spelling/$part.tsv").readLines())
        }

        base.resolve("eight.tsv").writeLines(samples.resolve("data/spelling/train.tsv").readLines().take(8))

        // Eight words do not have all letters.
        fun heldOut(file: String) = if (file == "eight.tsv") file else "dev.tsv"

        fun training(steps: Int, batch: Int = 16, batches: Int = 1, file: String = "train.tsv"): Recipe =
            recipe(pairs(tabSeparated(file), tabSeparated(heldOut(file)), Tokenization.Characters), steps = steps) {
                batch(batch)
                accumulation = batches
                optimizer = AdamW(learningRate = 3e-3)
                clip(1.0)
                evaluate(every = steps)
            }

        fun trained(model: Model, recipe: Recipe): Path =
            tempdir().toPath().also { train(model, recipe, base, it, engine = Engine.cpu(1)) }

        /** How diagonal the cross-attentions of a trained model are, over 20 held-out words: the mean of all heads. */
        fun diagonal(run: Path): Double =
            Engine.cpu(1).use { engine ->
                val checkpoint = Checkpoint.open(run)
                val model = RunnableModel.blank(checkpoint.model(), engine)
                checkpoint.loadWeights(model.weights())
                val tokenizer = checkpoint.tokenizers().written()
                val (begin, end) = tokenizer.specialIds().let { it.begin().asInt to it.end().asInt }
                val places = checkpoint.model().attentions("decoder/*/crossAttention")
                samples
                    .resolve("data/spelling/dev.tsv")
                    .readLines()
                    .take(20)
                    .flatMap { pair ->
                        val source = tokenizer.encode(pair.substringBefore('\t')) + end
                        val target = intArrayOf(begin) + tokenizer.encode(pair.substringAfter('\t'))
                        AttentionRecorder(model, places).read(mapOf("source" to source, "target" to target)).flatMap {
                            one ->
                            (0 until one.heads()).map { Diagonal.of(one.head(it), Diagonal.SHARPNESS) }
                        }
                    }
                    .average()
            }

        "after 60 steps it is diagonal, and after as many without guidance it is not" {
            val (with, without) = diagonal(trained(guided, training(60))) to diagonal(trained(plain, training(60)))
            with shouldBeGreaterThan 0.8
            with - without shouldBeGreaterThan 0.25
        }

        "batches that are accumulated are guided as one large batch is" {
            fun loss(run: Path) = MetricsLog.read(run).single { it.step() == 1L }.metric("loss").get().asDouble()
            val whole = loss(trained(guided, training(1, batch = 8, file = "eight.tsv")))
            val parts = loss(trained(guided, training(1, batch = 4, batches = 2, file = "eight.tsv")))
            parts shouldBe (whole plusOrMinus 1e-5 * whole)
        }

        "what is nowhere but on the diagonal is 1, and what looks everywhere is less" {
            val straight = Array(6) { row -> FloatArray(6) { if (it == row) 1f else 0f } }
            Diagonal.of(straight, 0.2) shouldBe 1.0
            Diagonal.of(arrayOf(floatArrayOf(0f, 1f), floatArrayOf(1f, 0f)), 0.5) shouldBe (exp(-0.5) plusOrMinus 1e-12)
        }

        "the sample's files are what its generator writes" {
            val words = MadeUpPairs(2)
            listOf("train" to 1_000, "dev" to 60).forEach { (part, count) ->
                samples.resolve("data/spelling/$part.tsv").readLines() shouldBe words.spellings(count)
            }
        }
    })
