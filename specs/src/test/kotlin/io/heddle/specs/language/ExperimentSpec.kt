package io.heddle.specs.language

import io.heddle.describe.cost
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.experiment.Divergence
import io.heddle.experiment.ExperimentJson
import io.heddle.experiment.Parity
import io.heddle.experiment.Resource
import io.heddle.experiment.check
import io.heddle.experiment.operationsOfStep
import io.heddle.experiment.quick
import io.heddle.experiment.rescaledByOperations
import io.heddle.recipe.AdamW
import io.heddle.recipe.Baseline
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Decays
import io.heddle.recipe.DecoderInput.ScheduledSampling
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.SampledShare
import io.heddle.specs.language.Experiments.base
import io.heddle.specs.language.Experiments.preNorm
import io.heddle.specs.language.Experiments.training
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe

/** Variants, what varies, and seeds become trials. */
class ExperimentSpec :
    StringSpec({
        "a variant that nobody named is called by what its edit changed" {
            val compared =
                experiment("layouts") {
                    variants(
                        base(),
                        base().edit { layout = PreNorm },
                        base().edit {
                            layout = PreNorm
                            norm = RmsNorm()
                        },
                        base(layers = 3).edit { name = "deeper" },
                    )
                    recipe(training)
                }
            compared.variants.map { it.name } shouldContainExactly
                listOf("base", "layout PreNorm", "layout PreNorm, norm RmsNorm(epsilon = 1e-6)", "deeper")
            compared.check().shouldBeEmpty()
        }

        "a model of the same name that is quite another is called by some of what it has otherwise" {
            val compared =
                experiment("depths") {
                    variants(
                        base(),
                        base().edit {
                            layout = PreNorm
                            norm = RmsNorm()
                            attention("**", heads = 4)
                            feedForward("**", hidden = 24)
                        },
                    )
                    recipe(training)
                }
            compared.variants.map { it.name } shouldContainExactly
                listOf("base", "layout PreNorm, heads 4 and 5 other changes")
        }

        "optimizers and schedules are called by their kinds, and by what tells them from others of their kind" {
            val compared =
                experiment("grid") {
                    variants(base())
                    recipe(training)
                    vary {
                        optimizer(AdamW(1e-3), AdamW(1e-3, weightDecay = 0.1), AdamW(2e-3, decays = Decays.Matrices))
                        schedule(Constant(), Cosine(10), Cosine(10, floor = 1e-4))
                    }
                }
            compared.check().shouldBeEmpty()
            compared.settings.map { it.name.substringBefore(", schedule ") }.distinct() shouldContainExactly
                listOf(
                    "optimizer AdamW(learningRate = 0.001, weightDecay = 0.01, decays = MatricesAndTables)",
                    "optimizer AdamW(learningRate = 0.001, weightDecay = 0.1, decays = MatricesAndTables)",
                    "optimizer AdamW(learningRate = 0.002, weightDecay = 0.01, decays = Matrices)",
                )
            compared.settings.map { it.name.substringAfter("schedule ") }.distinct() shouldContainExactly
                listOf("Constant", "Cosine(floor = 0)", "Cosine(floor = 1e-4)")
        }

        "every value of a word is tried with every value of the others, from every seed" {
            val compared =
                experiment("grid") {
                    variants(base(), preNorm)
                    recipe(training)
                    vary {
                        warmup(0, 500)
                        learningRate(1e-3, 1e-4)
                    }
                    seeds(7, 8)
                }
            compared.settings.map { it.name } shouldContainExactly
                listOf(
                    "warmup 0, learningRate 0.001",
                    "warmup 0, learningRate 1.0E-4",
                    "warmup 500, learningRate 0.001",
                    "warmup 500, learningRate 1.0E-4",
                )
            val last = compared.trials.last()
            compared.trials.size shouldBe 2 * 4 * 2
            last.configuration.name shouldBe "layout PreNorm, warmup 500, learningRate 1.0E-4"
            last.recipe shouldBe training.copy(seed = 8, schedule = Constant(warmup = 500), optimizer = AdamW(1e-4))
        }

        "without a word more, there is one setting, one seed, and nothing to have alike" {
            val compared =
                experiment("plain") {
                    variants(base(), preNorm)
                    recipe(training)
                }
            compared.trials.map { it.configuration.name to it.seed } shouldContainExactly
                listOf("base" to 1L, "layout PreNorm" to 1L)
            compared.parity shouldBe Parity.None
            compared.divergence shouldBe Divergence.NotANumber
        }

        "what was written is read back, with the lines of its models" {
            val written = ExperimentJson.write(Experiments.everyWord)
            val read = ExperimentJson.read(written, "every.json")
            read shouldBe Experiments.everyWord
            ExperimentJson.write(read) shouldBe written
            read.variants[1].model.origins["decoder"].says shouldBe "$.variants[1].model.components[1]"
        }

        "match(time) trains each for as long as the first, rescale(operations) for as many operations" {
            fun alike(resource: Resource) =
                experiment("alike") {
                    variants(base(), base(layers = 4).edit { name = "deeper" })
                    recipe(training)
                    if (resource == time) match(time) else rescale(resource)
                }
            alike(Resource.Time).parity shouldBe Parity.Rescaled(Resource.Time)
            val compared = alike(Resource.Operations)
            val trials = compared.rescaledByOperations()
            val spent = trials.map { operationsOfStep(it.configuration).toDouble() * it.recipe.steps }
            trials.first().recipe.steps shouldBe 1_000
            spent[1] / spent[0] shouldBe (1.0 plusOrMinus 1e-3)
        }

        "what a model reads again, or writes itself, to learn from it is counted" {
            val task = reverseTask(maximumLength = 10)
            val compared =
                experiment("rewarded") {
                    variants(Models.transformer)
                    recipe(task, steps = 100) { batch(3) }
                }
            fun operations(change: Recipe.() -> Recipe) =
                operationsOfStep(compared.copy(recipe = compared.recipe.change()).configurations.single()).toLong()
            val cost = Models.transformer.cost()
            val sizes = mapOf("batch" to 3L, "source" to 16L, "target" to 16L)
            val (learned, read) = cost.training.evaluate(sizes) to cost.forward.evaluate(sizes)
            operations { this } shouldBe learned
            operations { copy(decoderInput = ScheduledSampling(SampledShare.Linear(9), passes = 2)) } shouldBe
                learned + 2 * read
            val others = Rewards.Reinforce(Reward.ChrF, Baseline.MeanOfOthers, samples = 4)
            operations { copy(rewards = others) } shouldBe 4 * (learned + read)
            operations { copy(rewards = Rewards.Mixer(Reward.ChrF, 9, 1, 1, after = 50), accumulation = 2) } shouldBe
                2 * ((50 * learned + 50 * (learned + 2 * read)) / 100)
            operations { copy(rewards = Rewards.Reinforce(Reward.ChrF, Baseline.Learned(), samples = 3)) } shouldBe
                3 * (learned + 2 * read)
            operations { copy(rewards = Rewards.MinimumRisk(Reward.ChrF, samples = 5)) } shouldBe
                6 * learned + 11 * read
        }

        "a quick one takes a tenth of the steps, and of all that is counted in them" {
            val compared =
                experiment("quick") {
                    variants(base())
                    recipe(training.copy(schedule = Cosine(warmup = 105)))
                    vary { warmup(0, 5, 4_000) }
                }
            val quick = compared.quick()
            quick.recipe.run { listOf(steps, schedule.warmup, evaluation.every, checkpointEvery) } shouldBe
                listOf(100, 11, 10, 10)
            quick.settings.map { it.name } shouldBe listOf("warmup 0", "warmup 1", "warmup 400")
            val mixer = Rewards.Mixer(Reward.ChrF, words = 20, fewer = 2, every = 45, after = 600)
            compared.copy(recipe = compared.recipe.copy(rewards = mixer)).quick().recipe.rewards shouldBe
                mixer.copy(every = 5, after = 60)
            fun sampled(share: SampledShare) =
                compared
                    .copy(recipe = compared.recipe.copy(decoderInput = ScheduledSampling(share)))
                    .quick()
                    .recipe
                    .decoderInput
            sampled(SampledShare.Linear(500)) shouldBe ScheduledSampling(SampledShare.Linear(50))
            sampled(SampledShare.InverseSigmoid(80.0)) shouldBe ScheduledSampling(SampledShare.InverseSigmoid(8.0))
            val slow = SampledShare.Exponential(0.999)
            (sampled(slow) as ScheduledSampling).share.after(30) shouldBe (slow.after(300) plusOrMinus 1e-12)
        }

        "values that are the same to a quick one are one" {
            val compared =
                experiment("quick") {
                    variants(base(), preNorm)
                    recipe(training)
                    vary { warmup(0, 5, 8) }
                }
            compared.check().shouldBeEmpty()
            compared.quick().check().shouldBeEmpty()
            compared.quick().settings.map { it.name } shouldBe listOf("warmup 0", "warmup 1")
        }
    })
