package io.heddle.specs.train

import io.heddle.dsl.BlockScope
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.recipe.Constant
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.Recipe
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.TrainingListener
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.support.digest
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.writeText

private class Broken : RuntimeException()

/** Hears what a training begins with, and breaks off after a step. */
private class Beginning(private val breaks: Long = -1) : TrainingListener by Quiet {
    var taken = 0
    var drawn = listOf<String>()

    override fun begunFrom(run: Path, taken: Int, drawn: List<String>) {
        this.taken = taken
        this.drawn = drawn
    }

    override fun step(report: TrainingListener.StepReport) {
        if (report.step() == breaks) throw Broken()
    }
}

private fun BlockScope.layer() {
    attention(heads = 2) { causal() }
    addNorm()
    feedForward { activation = Gelu }
    addNorm()
}

/** The same stack as that of [smallDecoder] under another head. */
private fun otherHead(width: Int = 8): Model =
    model("other", width) {
        layout = PreNorm
        val text by tokens(vocab = 12) { learnedPositions(8) }
        val decoder by stack(text, layers = 1) { layer() }
        val next by logits(decoder) { dense() }
        check(next.name == "next")
    }

/** The same stack under another name. */
private fun renamed(): Model =
    model("renamed", width = 8) {
        layout = PreNorm
        val text by tokens(vocab = 12) { learnedPositions(8) }
        val reader by stack(text, layers = 1) { layer() }
        val next by logits(reader)
        check(next.name == "next")
    }

/** A training may begin with the weights of another run, each by its name. */
class StartingWeightsSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)
        val before = base.resolve("before")
        train(smallDecoder(), smallRecipe(6), base, before)
        val file = Checkpoint.open(before).folder().resolve("weights.safetensors")

        fun from(steps: Int, vararg without: String): Recipe =
            smallRecipe(steps).let {
                it.copy(
                    startingWeights = StartingWeights.Of("before", without.toList()),
                    evaluation = it.evaluation.copy(batches = EvaluationBatches.All),
                )
            }

        fun weights(run: Path) = Checkpoint.open(run).folder().resolve("weights.safetensors").digest()

        test("it begins where the other ended") {
            val whole = smallRecipe(6).let { it.copy(evaluation = it.evaluation.copy(batches = EvaluationBatches.All)) }
            val other = tempdir().toPath()
            train(smallDecoder(), whole, base, other)
            val run = tempdir().toPath()
            val heard = Beginning()
            train(smallDecoder(), from(2), base, run, listener = heard)
            heard.taken shouldBe Checkpoint.open(before).weights().names().size
            heard.drawn.shouldContainExactly()
            fun loss(run: Path, step: Long) =
                MetricsLog.read(run).single { it.step() == step }.metric("validationLoss").get().asDouble()
            loss(run, 0) shouldBe loss(other, 6)
        }

        test("it goes on bit for bit, whatever became of the other") {
            val moved = base.resolve("moved")
            train(smallDecoder(), smallRecipe(6), base, moved)
            val recipe = from(8).copy(startingWeights = StartingWeights.Of("moved"))
            val whole = tempdir().toPath()
            train(smallDecoder(), recipe, base, whole)
            val killed = tempdir().toPath()
            shouldThrow<Broken> { train(smallDecoder(), recipe, base, killed, listener = Beginning(breaks = 4)) }
            moved.toFile().deleteRecursively()
            train(smallDecoder(), recipe, base, killed)
            losses(killed) shouldBe losses(whole)
            weights(killed) shouldBe weights(whole)
        }

        test("what the other has not is drawn, and told") {
            val heard = Beginning()
            val still = from(1).copy(optimizer = Sgd(learningRate = 1e-30), schedule = Constant())
            val begun = train(otherHead(), still, base, tempdir().toPath(), listener = heard).model().weights()
            heard.drawn.shouldContainExactly("next/dense/weight", "next/dense/bias", "next/weight")
            val trained = Checkpoint.open(before)
            Engine.portable(Precision.FLOAT).use { engine ->
                val small = RunnableModel.blank(smallDecoder(), engine).weights()
                trained.loadWeights(small)
                val drawn = RunnableModel.initialized(otherHead(), engine, still.seed).weights()
                begun.tensors().forEach { (name, tensor) ->
                    val wanted = if (name in heard.drawn) drawn.tensor(name) else small.tensor(name)
                    // The one step moves a weight by its gradient times 1e-30.
                    tensor.distance2(wanted) shouldBeLessThan 1e-20
                }
            }
        }

        test("weights that the model has not, or has in another shape, and patterns of nothing are told at once") {
            told { train(renamed(), from(1, "decoder", "head/**"), base, tempdir().toPath()) } shouldRead
                """
                $file: no weight is meant by a pattern of those that are left out
                  pattern = head/**
                  a weight = decoder/norm/bias
                  Write the words of its path, * for any word, ** for any number of words.
                """
            told { train(renamed(), from(1, "decoder/0", "text"), base, tempdir().toPath()) } shouldRead
                """
                $file: weight "decoder/norm/gain" is not one of the model's
                  run = [8]
                  Name the model's parts as in the run, or leave the weight out: without = listOf("decoder/norm/gain").

                $file: weight "decoder/norm/bias" is not one of the model's
                  run = [8]
                  Name the model's parts as in the run, or leave the weight out: without = listOf("decoder/norm/bias").
                """
            told { train(otherHead(width = 16), from(1, "decoder"), base, tempdir().toPath()) } shouldRead
                """
                $file: weight "text/embedding" has another shape than the model's
                  model = [12, 16]
                  run = [12, 8]
                  Give the model the sizes of the run, or leave the weight out: without = listOf("text/embedding").

                $file: weight "text/positions" has another shape than the model's
                  model = [8, 16]
                  run = [8, 8]
                  Give the model the sizes of the run, or leave the weight out: without = listOf("text/positions").
                """
            told { train(smallDecoder(), from(1, "**"), base, tempdir().toPath()) } shouldRead
                """
                $file: no weight is taken
                  Leave out fewer of them, or say startingWeights = StartingWeights.Drawn.
                """
        }

        test("tokens mean what they meant, unless their table is left out") {
            val elsewhere = tempdir().toPath()
            elsewhere.resolve("rhyme.txt").writeText("doremifa so\n".repeat(40))
            val there = StartingWeights.Of(before.toString())
            val folder = Checkpoint.open(before).folder()
            told {
                train(smallDecoder(), from(1).copy(startingWeights = there), elsewhere, tempdir().toPath())
            } shouldRead
                """
                $folder: its tokens are not those of the data
                  tokens of the run = 9
                  tokens of the data = 11
                  Read the data by the tokenizer of the run: Tokenization.File("$folder/tokenizer").
                """
            val heard = Beginning()
            val others = from(1).copy(startingWeights = there.copy(without = listOf("text")))
            train(smallDecoder(), others, elsewhere, tempdir().toPath(), listener = heard)
            heard.drawn.shouldContainExactly("text/embedding", "text/positions")
        }

        test("a folder that holds no run") {
            val nowhere = from(1).copy(startingWeights = StartingWeights.Of("nowhere"))
            told { train(smallDecoder(), nowhere, base, tempdir().toPath()) } shouldRead
                """
                ${base.resolve("nowhere")}: there is no such folder
                  Name the folder that heddle train wrote with --out.
                """
        }

        test("another beginning is another training") {
            val run = tempdir().toPath()
            train(smallDecoder(), from(1), base, run)
            told { train(smallDecoder(), from(1, "decoder"), base, run) } shouldRead
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of another recipe
                  there = "without": []
                  now = "without": [
                  Train into another folder with --out, or begin anew there with --fresh.
                """
            val edited = smallDecoder().edit { name = "small" }
            train(edited, from(1), base, run).steps() shouldBe 1
        }
    })
