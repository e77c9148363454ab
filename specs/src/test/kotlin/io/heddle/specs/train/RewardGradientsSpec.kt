package io.heddle.specs.train

import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.recipe.Baseline
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.IntTensor
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.Executable
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.LearnedBaseline
import io.heddle.runtime.train.RewardedBatch
import io.heddle.runtime.train.SequenceRewards
import io.heddle.runtime.train.data.BatchFeed
import io.heddle.terms.Normal
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.util.Optional
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.sqrt
import kotlin.random.Random
import org.nd4j.linalg.factory.Nd4j

private const val BEGIN = 2
private const val END = 3
private const val VOCABULARY = 6

/** Unknown, padding, begin, end, and two words. */
private val words: Tokenizer = WordTokenizer.of(listOf("a b"), 1)

private val writer: Model =
    model("writer", width = 4) {
        initializer = Normal(0.6)
        val source by tokens(vocab = VOCABULARY)
        val target by tokens(vocab = VOCABULARY)
        val encoder by
            stack(source, layers = 1) {
                attention(heads = 1)
                addNorm()
            }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 1) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

/** Some number for every text, none of them 0 on average. */
private val reward =
    Reward.Function("of letters") { written, _ -> 1 + written.fold(0.0) { sum, letter -> 0.7 * sum + letter.code % 5 } }

private fun score(sequence: List<Int>) = reward.reward().get().of(words.decode(sequence.toIntArray()), "")

/** Expected rewards of a model that is small enough to write down everything that it may write. */
private class Enumerated(val model: RunnableModel) {
    private val roles = ModelRoles.of(model.model())
    private val feed = BatchFeed.of(roles)
    val logits: String = roles.logits().name
    private val gradients: ParameterBuffer = model.weights().zerosOfTrained()
    private val baseline = LearnedBaseline(Baseline.Learned(), writer.width)
    private val learning = TrainingProgram.rewarding(model, gradients).executable()
    private val evaluation: Executable = model.executable(Purpose.Evaluation)

    /** Ways to move all weights at once. */
    private val directions =
        Random(8).let { random ->
            List(DIRECTIONS) { List(gradients.array().length().toInt()) { random.nextDouble(-1.0, 1.0) } }
        }

    /** Every sequence that begins with [given] and has as many words as [most], or ends before. */
    fun sequences(given: List<Int>, most: Int): List<List<Int>> =
        if (given.size == most || given.lastOrNull() == END) listOf(given)
        else (0 until VOCABULARY).flatMap { sequences(given + it, most) }

    /** `log p` of the words of each sequence behind the first [given], after the same source. */
    fun logarithms(source: List<Int>, sequences: List<List<Int>>, given: Int = 0): List<Double> {
        val batch = pairs(List(sequences.size) { source }, sequences)
        val program = feed.bind(evaluation, feed.states(evaluation, batch), batch, 1.0).apply { run() }
        val scores = program.output(logits).ravel().toDoubleVector().toList().chunked(VOCABULARY)
        val width = batch.tensor(Batch.TARGET).size(1)
        return sequences.mapIndexed { row, sequence ->
            (given until sequence.size).sumOf { time ->
                val place = scores[row * width + time]
                place[sequence[time]] - ln(place.sumOf { exp(it) })
            }
        }
    }

    fun expected(source: List<Int>, given: List<Int>, most: Int): Double {
        val all = sequences(given, most)
        return all.zip(logarithms(source, all, given.size)).sumOf { (sequence, log) -> exp(log) * score(sequence) }
    }

    /** What differences of [loss] say of [gradient] wherever all weights go to. */
    fun shouldBeGradient(gradient: List<Double>, loss: () -> Double) {
        val weights = model.weights().array()
        val at = weights.dup()
        directions.forEach { direction ->
            fun moved(by: Double): Double {
                weights.assign(at.add(Nd4j.createFromArray(direction.map { it * by }.toTypedArray())))
                return loss()
            }
            val difference = (moved(STEP) - moved(-STEP)) / (2 * STEP)
            gradient.zip(direction).sumOf { (slope, along) -> slope * along } shouldBe difference.plusOrMinus(1e-6)
        }
        weights.assign(at)
    }

    /** The gradient of what is learned, by every weight. */
    fun learned(rewarded: RewardedBatch, normalizer: Double): List<Double> {
        val states = feed.states(learning, rewarded.batch())
        rewarded.bind(feed, learning, states, normalizer, logits).run()
        return gradients.array().toDoubleVector().toList()
    }

    /** The gradient of the sum of `weight * -log p` over words, by every weight. */
    fun gradient(weighted: List<Weighted>): List<Double> {
        val batch = pairs(weighted.map { it.source }, weighted.map { it.words })
        val words = batch.tensor(Batch.LABELS)
        val (rows, width) = words.shape().toList()
        val none = IntTensor.of(IntArray(rows * width) { Batch.IGNORED_LABEL }, rows, width)
        val weights = weighted.flatMap { it.weights + List(width - it.weights.size) { 0.0 } }
        val unlabelled = Batch(batch.tensors() + (Batch.LABELS to none), 0)
        return learned(RewardedBatch(unlabelled, words, weights.toDoubleArray(), 0.0), 1.0)
    }

    /** What each word counts for in the gradient of `-E[r]`, [share] of it, behind the words that are [given]. */
    fun rewarded(source: List<Int>, given: List<Int>, most: Int, share: Double): List<Weighted> {
        val all = sequences(given, most)
        return all.zip(logarithms(source, all, given.size)) { words, log ->
            val weight = share * exp(log) * score(words)
            Weighted(source, words, words.indices.map { if (it < given.size) 0.0 else weight })
        }
    }

    fun drawn(rewards: Rewards, batch: Batch, number: Long, done: Long = 0): RewardedBatch {
        val forward: Executable = learning
        return SequenceRewards.of(model, rewards, words, Optional.of(baseline), 1)
            .get()
            .of(batch, done, number, batch.rows().toLong()) { shown, name ->
                shown.bind(feed, forward, feed.states(forward, shown.batch()), 1.0, logits).run {
                    run()
                    output(name).ravel().toDoubleVector()
                }
            }
            .get()
    }

    /** The weights that ten draws move; of a word that is hardly ever drawn, thirty rounds tell no standard error. */
    fun moved(): List<Int> {
        val ten = Rewards.Reinforce(reward, Baseline.None, samples = 10)
        val gradient = learned(drawn(ten, pairs(listOf(source), listOf(listOf(END))), 99), 1.0)
        return gradient.indices.filter { abs(gradient[it]) > 1e-4 }
    }
}

/** A sequence of words, each with what it counts for. */
private class Weighted(val source: List<Int>, val words: List<Int>, val weights: List<Double>)

private const val DIRECTIONS = 2
private const val STEP = 1e-5

private val source = listOf(4, 5, END)

/** Pairs of sources and what shall be written for them, the end token included. */
private fun pairs(sources: List<List<Int>>, targets: List<List<Int>>): Batch {
    val rows = sources.size
    fun padded(lists: List<List<Int>>, width: Int, with: Int) =
        IntTensor.of(lists.flatMap { it + List(width - it.size) { with } }.toIntArray(), rows, width)
    val (read, written) = sources.maxOf { it.size } to targets.maxOf { it.size }
    return Batch(
        mapOf(
            Batch.SOURCE to padded(sources, read, 1),
            Batch.SOURCE_LENGTHS to IntTensor.of(sources.map { it.size }.toIntArray(), rows),
            Batch.TARGET to padded(targets.map { listOf(BEGIN) + it.dropLast(1) }, written, 1),
            Batch.TARGET_LENGTHS to IntTensor.of(targets.map { it.size }.toIntArray(), rows),
            Batch.LABELS to padded(targets, written, Batch.IGNORED_LABEL),
        ),
        targets.sumOf { it.size },
    )
}

private fun <T> enumerated(engine: Engine = Engine.portable(Precision.DOUBLE), act: (Enumerated) -> T): T =
    engine.use { act(Enumerated(RunnableModel.initialized(writer, it, 5))) }

/** The same weights in float: what is drawn many times over is drawn here. */
private fun <T> quickly(act: (Enumerated) -> T): T = enumerated(Engine.cpu(1), act)

private const val ROUNDS = 30

private val baselines = listOf(Baseline.None, Baseline.SelfCritical, Baseline.MeanOfOthers, Baseline.Learned())

/** The mean of what [rounds] say of each place, and how far it may be off: its standard error. */
private fun means(rounds: List<List<Double>>): List<Pair<Double, Double>> =
    rounds.first().indices.map { place ->
        val each = rounds.map { it[place] }
        val mean = each.average()
        val variance = each.sumOf { (it - mean) * (it - mean) } / (each.size - 1)
        mean to sqrt(variance / each.size)
    }

/** The mean of every weight of [places] is no further off than three standard errors. */
private fun List<Pair<Double, Double>>.shouldBeAround(exact: List<Double>, places: List<Int>) {
    places.size shouldBeGreaterThan 250
    places.forAll { abs(this[it].first - exact[it]) shouldBeLessThan 3 * this[it].second }
}

/** What is learned from drawn sequences is, in the mean, the gradient of what the papers make small. */
class RewardGradientsSpec :
    StringSpec({
        "REINFORCE's mean is the gradient of the expected reward, whatever the baseline" {
            enumerated { small ->
                val places = small.moved()
                // Targets of one word, the end token: what is drawn is cut after two.
                val batch = pairs(listOf(source), listOf(listOf(END)))
                val exact = small.gradient(small.rewarded(source, emptyList(), 2, 1.0))
                small.shouldBeGradient(exact) { -small.expected(source, emptyList(), 2) }
                val errors =
                    baselines.associateWith { baseline ->
                        val rewards = Rewards.Reinforce(reward, baseline, samples = 20)
                        val means = quickly { quick ->
                            fun drawn(number: Int) = quick.drawn(rewards, batch, number.toLong())
                            // What is learned expects nothing at first.
                            if (baseline is Baseline.Learned) repeat(ROUNDS) { drawn(1_000 + it) }
                            means(List(ROUNDS) { quick.learned(drawn(it), 1.0) })
                        }
                        withClue(baseline) { means.shouldBeAround(exact, places) }
                        means.sumOf { (_, error) -> error * error }
                    }
                (errors - Baseline.None).values.forAll { it shouldBeLessThan errors.getValue(Baseline.None) / 2 }
            }
        }

        "the loss that is told is minus the expected reward" {
            enumerated { small ->
                val batch = pairs(listOf(source), listOf(listOf(END)))
                val rewards = Rewards.Reinforce(reward, samples = 20)
                val told = quickly { quick -> List(ROUNDS) { quick.drawn(rewards, batch, it.toLong()).loss() } }
                val (mean, error) = means(told.map { listOf(it) }).single()
                abs(mean + small.expected(source, emptyList(), 2)) shouldBeLessThan 3 * error
            }
        }

        "MIXER's mean is the gradient of the cross entropy of the first words and of the reward of what comes after" {
            enumerated { small ->
                val target = listOf(5, END)
                // The second target is learned whole: it has one word. Three words in all.
                val other = listOf(5, END)
                val batch = pairs(listOf(source, other), listOf(target, listOf(END)))
                val learned =
                    listOf(
                        Weighted(source, target.take(1), listOf(1.0 / 3)),
                        Weighted(other, listOf(END), listOf(1.0 / 3)),
                    )
                val exact = small.gradient(learned + small.rewarded(source, target.take(1), 4, 0.5))
                small.shouldBeGradient(exact) {
                    val logarithms =
                        small.logarithms(source, listOf(target.take(1))) + small.logarithms(other, listOf(listOf(END)))
                    -logarithms.sum() / 3 - small.expected(source, target.take(1), 4) / 2
                }
                val mixer = Rewards.Mixer(reward, words = 2, fewer = 1, every = 1_000)
                val many = ManyTimes.of(batch)
                val normalizer = 1.0 / (3 * ManyTimes.TIMES)
                val rounds = quickly { quick ->
                    List(ROUNDS) { quick.learned(quick.drawn(mixer, many, it.toLong()), normalizer) }
                }
                means(rounds).shouldBeAround(exact, small.moved())
            }
        }

        "minimum risk is the equation over what was drawn, and its gradient what differences say" {
            enumerated { small ->
                val sources = listOf(source, listOf(5, END))
                val targets = listOf(listOf(5, END), listOf(4, 5, END))
                val batch = pairs(sources, targets)
                val risk = Rewards.MinimumRisk(reward, samples = 6, sharpness = 0.7)
                val shown = small.drawn(risk, batch, 3)
                val spaces = List(2) { row -> shown.sequencesOf(sources[row]) }
                spaces.zip(targets).forAll { (space, target) -> (target in space) shouldBe true }
                fun equation() =
                    spaces.zip(sources).sumOf { (space, source) ->
                        val powers = small.logarithms(source, space).map { exp(0.7 * it) }
                        space.zip(powers).sumOf { (sequence, power) -> -score(sequence) * power / powers.sum() } / 2
                    }
                shown.loss() shouldBe equation().plusOrMinus(1e-12)
                small.shouldBeGradient(small.learned(shown, 1.0)) { equation() }
            }
        }

        "where nothing is drawn, what is learned is cross entropy bit for bit" {
            enumerated { small ->
                val batch = pairs(listOf(source, listOf(4, END)), listOf(listOf(5, 4, END), listOf(END)))
                val (rows, width) = batch.tensor(Batch.LABELS).shape().toList()
                val none = IntTensor.of(IntArray(rows * width) { Batch.IGNORED_LABEL }, rows, width)
                val training = TrainingProgram.of(small.model)
                val feed = BatchFeed.of(ModelRoles.of(writer))
                val states = feed.states(training.executable(), batch)
                feed.bind(training.executable(), states, batch, 0.25).run()
                val forced = training.gradients().array().toDoubleVector()
                val nothing = RewardedBatch(batch, none, DoubleArray(rows * width), 0.0)
                val mixed = small.learned(nothing, 0.25)
                // A gradient of 0 may have either sign.
                mixed.map { it + 0.0 } shouldBe forced.map { it + 0.0 }
            }
        }
    })

/** The same pairs many times over, so that a batch is many draws. */
private object ManyTimes {
    const val TIMES = 12

    fun of(batch: Batch): Batch =
        Batch(
            batch.tensors().mapValues { (_, tensor) ->
                val shape = tensor.shape().also { it[0] *= TIMES }
                val values = tensor.values()
                IntTensor.of(IntArray(values.size * TIMES) { values[it % values.size] }, *shape)
            },
            batch.labelCount() * TIMES,
        )
}

/** The different sequences that were drawn for a source, or given. */
private fun RewardedBatch.sequencesOf(source: List<Int>): List<List<Int>> {
    val read = batch().tensor(Batch.SOURCE)
    val width = drawn().size(1)
    return (0 until batch().rows())
        .filter { row -> read.values().drop(row * read.size(1)).take(source.size) == source }
        .map { row -> drawn().values().drop(row * width).take(batch().tensor(Batch.TARGET_LENGTHS).values()[row]) }
        .distinct()
}
