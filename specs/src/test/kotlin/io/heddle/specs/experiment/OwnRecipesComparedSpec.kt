package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.experiment.Experiment
import io.heddle.experiment.ExperimentJson
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Metric
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.SampledShare
import io.heddle.recipe.StartingWeights
import io.heddle.runtime.experiment.Halving
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.train.TrainingRun
import io.heddle.runtime.train.TrainingStart
import io.heddle.specs.train.Quiet
import io.heddle.terms.Pooling.Last
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

private val words: Model =
    model("words", width = 8) {
        val source by tokens(vocab = 8) { sinusoidal() } // 3 numbers, <unk> <pad> <s> </s>, and the mask
        val target by tokens(tiedTo = source) { sinusoidal() }
        val encoder by stack(source, layers = 1) { attention(heads = 2) }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { causal() }
                crossAttention(from = encoder)
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
    }

private val masks: Model =
    model("masks", width = 8) {
        val source by tokens(vocab = 8) { sinusoidal() }
        val target by tokens(tiedTo = source) { sinusoidal() }
        val encoder by stack(source, layers = 1) { attention(heads = 2) }
        val length by classify(encoder, Last, classes = 6)
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2)
                crossAttention(from = encoder)
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
        objective {
            crossEntropy(next)
            crossEntropy(length, weight = 0.1)
        }
    }

private fun ways(steps: Int = 8, describe: ExperimentScope.() -> Unit): Experiment =
    experiment("ways") {
        val task = reverseTask(pairs = 60, validationPairs = 20, maximumLength = 2, symbols = 3, longer = 0)
        recipe(task, steps) {
            batch(8)
            optimizer = AdamW(learningRate = 2e-2)
            evaluate(every = steps / 2)
            exactMatch()
        }
        judge(by = Metric.ExactMatch)
        describe()
    }

/** What is a variant's own is how it is trained, and what judges them decides between them. */
class OwnRecipesComparedSpec :
    StringSpec({
        "variants that write word by word, all at once, and of their own words are trained in one experiment" {
            val sampled = DecoderInput.ScheduledSampling(SampledShare.Constant(0.5))
            val plan = ways {
                variant("word by word", words)
                variant("all at once", masks) { decoderInput(DecoderInput.Masked) }
                variant("own words", words) { decoderInput(sampled) }
            }
            val base = tempdir().toPath()
            val result = compare(plan, base, base.resolve("out"))
            result.trials().map { it.end() } shouldBe List(3) { TrialEnd.Finished() }
            result.trials().map { it.trial().recipe.decoderInput } shouldBe
                listOf(DecoderInput.TeacherForcing, DecoderInput.Masked, sampled)
            result.losses().distinct() shouldHaveSize 3
            val masked = plan.trials[1]
            val alone = base.resolve("alone")
            Engine.cpu(1).use { engine ->
                TrainingRun(masks, masked.recipe, base, alone).run(engine, TrainingStart.FRESH, { false }, Quiet)
            }
            MetricsLog.read(alone).map { it.loss() } shouldBe result.losses()[1]
            val again = Counting()
            compare(plan, base, base.resolve("out"), listener = again)
            again.steps shouldBe 0
        }

        "other data and other weights to begin with are other trials" {
            val base = tempdir().toPath()
            val first = compare(ways { variants(words) }, base, base.resolve("first"))
            val run = base.relativize(base.resolve("first/runs").toFile().listFiles()!!.single().toPath())
            val other =
                reverseTask(pairs = 60, validationPairs = 20, maximumLength = 2, symbols = 3, seed = 7, longer = 0)
            val plan = ways {
                variant("as it was", words)
                variant("gone on with", words) { startingWeights(StartingWeights.Of("$run")) }
                variant("other pairs", words) { data(other) }
            }
            val counting = Counting()
            val result = compare(plan, base, base.resolve("first"), listener = counting)
            counting.steps shouldBe 2 * 8
            result.losses().first() shouldBe first.losses().single()
            val held = result.trials().map { trial -> trial.metrics().first { it.metric("validationLoss").isPresent } }
            val kept = first.trials().single().metrics().last().metric("validationLoss")
            held[1].metric("validationLoss") shouldBe kept
            held[2].metric("validationLoss") shouldNotBe held[0].metric("validationLoss")
        }

        "weights that one variant cannot begin with are told with its name, before anything is trained" {
            val base = tempdir().toPath()
            val plan = ways {
                variant("as it was", words)
                variant("gone on with", words) { startingWeights(StartingWeights.Of("nowhere")) }
                variant("and with others", words) { startingWeights(StartingWeights.Of("neither")) }
            }
            val counting = Counting()
            val told = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out"), listener = counting) }
            told.problems.map { it.place.substringBefore(':') } shouldBe listOf("gone on with", "and with others")
            counting.steps shouldBe 0
            val varied = ways {
                variants(words)
                vary { startingWeights(StartingWeights.Of("nowhere"), StartingWeights.Of("neither")) }
            }
            shouldThrow<ProblemsException> { compare(varied, base, base.resolve("out")) }.problems shouldHaveSize 2
        }

        "a function that rewards is there before anything is trained, and what it gets wrong is told with its trial" {
            val base = tempdir().toPath()
            fun rewarded(reward: Reward) = ways {
                variant("as it was", words)
                variant("rewarded", words) { rewards(Rewards.MinimumRisk(reward, samples = 2)) }
            }
            val plan = rewarded(Reward.Function("short") { _, _ -> Double.NaN })
            val stored = ExperimentJson.read(ExperimentJson.write(plan), "stored.json")
            val counting = Counting()
            val told =
                shouldThrow<ProblemsException> { compare(stored, base, base.resolve("out"), listener = counting) }
            told.problems.single().run { "$place: $title" } shouldBe
                "rewarded: recipe: the function that rewards is not here"
            counting.steps shouldBe 0
            val failed = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out")) }
            failed.problems.single().run { "$place: $title" } shouldBe
                "rewarded, seed 1: recipe: a reward is not a finite number"
        }

        "halving goes by what judges: more exact matches are better" {
            val base = tempdir().toPath()
            val plan =
                ways(steps = 60) {
                    variant("still", words) { learningRate(1e-9) }
                    variant("learning", words)
                }
            val result = compare(plan, base, base.resolve("out"), search = Halving())
            result.trials().map { it.end() } shouldBe listOf(TrialEnd.LeftOff(), TrialEnd.Finished())
        }
    })
