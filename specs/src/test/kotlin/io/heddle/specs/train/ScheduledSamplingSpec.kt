package io.heddle.specs.train

import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.DecoderInput.ScheduledSampling
import io.heddle.recipe.Decoding
import io.heddle.recipe.OwnWord
import io.heddle.recipe.SampledShare
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.IntTensor
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.OwnWords
import io.heddle.runtime.train.data.BatchFeed
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.util.OptionalInt
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.sqrt

/** A decoder that reads words of its own reads what the papers say, and none of them where nothing is sampled. */
class ScheduledSamplingSpec :
    StringSpec({
        val begin = 2

        fun <T> reverser(act: (RunnableModel) -> T): T =
            Engine.portable(Precision.DOUBLE).use { act(RunnableModel.initialized(smallReverser(), it, 3)) }

        "the share grows as Bengio et al. let theirs of true words fall" {
            SampledShare.Linear(10, highest = 0.8).run { listOf(0L, 4, 8, 20).map(::after) } shouldBe
                listOf(0.0, 0.4, 0.8, 0.8)
            SampledShare.Exponential(0.9).after(3) shouldBe (1 - 0.9 * 0.9 * 0.9).plusOrMinus(1e-15)
            for (step in listOf(0L, 7, 30, 1_000_000)) {
                val epsilon = 5 / (5 + exp(step / 5.0))
                SampledShare.InverseSigmoid(5.0).after(step) shouldBe (1 - epsilon).plusOrMinus(1e-15)
            }
        }

        "where no word is sampled, a training is that of teacher forcing bit for bit" {
            for ((model, recipe) in
                listOf<Pair<Model, io.heddle.recipe.Recipe>>(
                    smallDecoder(0.1) to smallRecipe(6),
                    smallReverser() to reverseRecipe(6),
                )) {
                val base = tempdir().toPath().also(::writeRhyme)
                val (forced, sampled, own) = List(3) { tempdir().toPath() }
                train(model, recipe, base, forced)
                train(model, recipe.reading(SampledShare.Constant(0.0)), base, sampled)
                train(model, recipe.reading(SampledShare.Constant(0.5)), base, own)
                losses(sampled) shouldContainExactly losses(forced)
                losses(own) shouldNotBe losses(forced)
            }
        }

        "with every word sampled and as many passes as words, the decoder reads what it would write word after word" {
            reverser { model ->
                val batch = pairs(listOf(listOf(4, 5, 6), listOf(7, 8)), width = 7, begin)
                val read =
                    OwnWords(model, ScheduledSampling(SampledShare.Constant(1.0), 6), VOCABULARY, 1).`in`(batch, 0, 0)
                val greedy = Generator(model, Decoding.Greedy, OptionalInt.empty(), 1)
                val written = greedy.from(listOf(intArrayOf(4, 5, 6), intArrayOf(7, 8)), begin, 6)
                read.rows(Batch.TARGET, 7) shouldContainExactly written.map { it.tokens() }
                // one pass is not yet that: it reads the truth
                val once =
                    OwnWords(model, ScheduledSampling(SampledShare.Constant(1.0)), VOCABULARY, 1).`in`(batch, 0, 0)
                once.rows(Batch.TARGET, 7) shouldNotBe written.map { it.tokens() }
            }
        }

        "one pass puts the likeliest word after the true words in a place" {
            reverser { model ->
                val batch = pairs(listOf(listOf(4, 5, 6), listOf(7, 8)), width = 7, begin)
                val read =
                    OwnWords(model, ScheduledSampling(SampledShare.Constant(1.0)), VOCABULARY, 1).`in`(batch, 0, 0)
                val likeliest = scores(model, batch).map { row -> row.indices.maxBy { row[it] } }
                val truth = batch.rows(Batch.TARGET, 7)
                read.rows(Batch.TARGET, 7) shouldContainExactly
                    truth.mapIndexed { row, words -> words.take(1) + likeliest.subList(7 * row, 7 * row + 6) }
            }
        }

        "padding, first words and labels stay, and each word is sampled as often as the share says" {
            reverser { model ->
                val sources = List(40) { listOf(4 + it % 8, 5) }
                val lengths = IntArray(40) { 25 - it % 3 }
                val places = lengths.sumOf { it - 1 }
                // no word of the model's own is the true one, which is not known to it
                val batch = pairs(sources, width = 25, begin, lengths, word = VOCABULARY - 1)
                val own = OwnWords(model, ScheduledSampling(SampledShare.Linear(100)), VOCABULARY - 1, 1)
                own.`in`(batch, 0, 5) shouldBe batch
                val read = own.`in`(batch, 30, 5)
                read.tensor(Batch.LABELS) shouldBe batch.tensor(Batch.LABELS)
                val changed = changedPlaces(batch, read, 25)
                changed.none { (row, time) -> time == 0 || time >= lengths[row] } shouldBe true
                val deviation = sqrt(places * 0.3 * 0.7)
                abs(changed.size - 0.3 * places) shouldBe 0.0.plusOrMinus(5 * deviation)
                changedPlaces(batch, own.`in`(batch, 30, 6), 25) shouldNotBe changed
            }
        }

        "words are drawn as often as the model's probabilities say" {
            reverser { model ->
                val rows = 1_000
                val batch = pairs(List(rows) { listOf(4, 5) }, width = 2, begin)
                val drawn = ScheduledSampling(SampledShare.Constant(1.0), choice = OwnWord.Drawn(0.5))
                val words = OwnWords(model, drawn, VOCABULARY, 1).`in`(batch, 0, 0).rows(Batch.TARGET, 2).map { it[1] }
                val logits = scores(model, batch).first()
                val weights = logits.map { exp(2 * it) }
                val chiSquare =
                    weights.withIndex().sumOf { (word, weight) ->
                        val expected = rows * weight / weights.sum()
                        val seen = words.count { it == word }
                        (seen - expected) * (seen - expected) / expected
                    }
                // 11 degrees of freedom: 31.3 is exceeded once in a thousand
                (chiSquare < 31.3) shouldBe true
            }
        }

        "no word is sampled that the tokenizer does not know" {
            reverser { model ->
                val batch = pairs(listOf(listOf(4, 5, 6)), width = 9, begin)
                val read = OwnWords(model, ScheduledSampling(SampledShare.Constant(1.0), 8), 5, 1).`in`(batch, 0, 0)
                read.rows(Batch.TARGET, 9).single().all { it < 5 } shouldBe true
            }
        }

        "a training that goes on reads the same words" {
            val recipe = reverseRecipe(6).reading(SampledShare.Linear(6), OwnWord.Drawn(1.0))
            val (whole, halves) = List(2) { tempdir().toPath() }
            val base = tempdir().toPath()
            train(smallReverser(), recipe, base, whole)
            train(smallReverser(), recipe.copy(steps = 3), base, halves)
            train(smallReverser(), recipe, base, halves)
            losses(halves).filterKeys { it != 3L } shouldContainExactly losses(whole).filterKeys { it != 3L }
        }
    })

private const val VOCABULARY = 12

private fun io.heddle.recipe.Recipe.reading(share: SampledShare, choice: OwnWord = OwnWord.Likeliest) =
    copy(decoderInput = ScheduledSampling(share, passes = 2, choice = choice) as DecoderInput)

/** Pairs whose targets are one word, over and over, behind the begin token. */
private fun pairs(
    sources: List<List<Int>>,
    width: Int,
    begin: Int,
    lengths: IntArray = IntArray(sources.size) { width },
    word: Int = 1,
): Batch {
    val rows = sources.size
    val longest = sources.maxOf { it.size }
    val source = sources.flatMap { it + List(longest - it.size) { 1 } }.toIntArray()
    val target = IntArray(rows * width) { if (it % width == 0) begin else word }
    return Batch(
        mapOf(
            Batch.SOURCE to IntTensor.of(source, rows, longest),
            Batch.SOURCE_LENGTHS to IntTensor.of(sources.map { it.size }.toIntArray(), rows),
            Batch.TARGET to IntTensor.of(target, rows, width),
            Batch.TARGET_LENGTHS to IntTensor.of(lengths, rows),
            Batch.LABELS to IntTensor.of(IntArray(rows * width) { 3 }, rows, width),
        ),
        rows * width,
    )
}

private fun Batch.rows(name: String, width: Int) = tensor(name).values().toList().chunked(width)

private fun changedPlaces(before: Batch, after: Batch, width: Int): List<Pair<Int, Int>> {
    val (truth, read) = listOf(before, after).map { it.tensor(Batch.TARGET).values() }
    return truth.indices.filter { truth[it] != read[it] }.map { it / width to it % width }
}

/** The scores of the words after each place, from the graph that evaluations run. */
private fun scores(model: RunnableModel, batch: Batch): List<DoubleArray> {
    val roles = ModelRoles.of(model.model())
    val feed = BatchFeed.of(roles)
    val executable = model.executable(Purpose.Evaluation)
    val program = feed.bind(executable, feed.states(executable, batch), batch, 1.0)
    program.run()
    val all = program.output(roles.logits().name).ravel().toDoubleVector()
    return all.toList().chunked(VOCABULARY).map { it.toDoubleArray() }
}
