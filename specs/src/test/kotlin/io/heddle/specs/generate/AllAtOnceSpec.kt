package io.heddle.specs.generate

import io.heddle.check.ProblemsException
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.generate.Answers
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.Program
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.train.smallCopier
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallFiller
import io.heddle.specs.train.smallReverser
import io.heddle.terms.Pooling
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.OptionalInt
import kotlin.math.exp
import kotlin.math.ln

private const val BEGIN = 2
private const val MASK = 12

/** Words are written all at once as arXiv 1904.09324, section 4, says, and a chain's as their probabilities say. */
class AllAtOnceSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val filler = RunnableModel.initialized(smallFiller(), engine, 5)
        val sources = listOf(intArrayOf(4, 5, 6, 3), intArrayOf(9, 8, 3), intArrayOf(4, 4, 4, 7, 7, 11, 3))

        fun RunnableModel.writing(
            passes: Int,
            lengths: Int,
            end: OptionalInt = OptionalInt.empty(),
            count: Int = 12,
            of: List<IntArray> = sources,
        ) = Generator(this, Decoding.AllAtOnce(passes, lengths), end, 0).from(of, BEGIN, count)

        for ((passes, lengths) in listOf(1 to 1, 2 to 3, 10 to 1)) {
            "$passes passes over $lengths lengths write what the paper's steps write" {
                val written = filler.writing(passes, lengths)
                sources.zip(written).forEach { (source, answer) ->
                    val best = filler.lengths(source, lengths, 12).map { filler.refined(source, it, passes) }
                    val expected = best.maxBy { filler.score(source, it) }
                    answer.tokens() shouldBe listOf(BEGIN) + expected.words
                    answer.score() shouldBe (filler.score(source, expected) plusOrMinus 1e-9)
                    answer.end() shouldBe Written.End.LENGTH
                }
            }
        }

        "an answer ends behind its first end token" {
            val whole = filler.writing(1, 1).map { it.tokens() }
            val end = whole.first()[1]
            val cut = filler.writing(1, 1, OptionalInt.of(end))
            cut.first().tokens() shouldBe listOf(BEGIN, end)
            cut.first().end() shouldBe Written.End.TOKEN
            cut.zip(whole).forEach { (short, long) ->
                short.tokens() shouldBe long.take(long.drop(1).indexOf(end).let { if (it < 0) long.size else it + 2 })
            }
        }

        "there are no more lengths than the classifier knows, and no more tokens than were asked for" {
            filler.writing(1, 99) shouldBe filler.writing(1, 12)
            filler.writing(2, 4, count = 3).all { it.tokens().size <= 4 } shouldBe true
        }

        "greedy is one pass over the likeliest length, without a score, as all that is greedy" {
            Generator(filler, Decoding.Greedy, OptionalInt.empty(), 0).from(sources, BEGIN, 12) shouldBe
                filler.writing(1, 1).map { Written(it.tokens(), 0.0, it.end()) }
        }

        "another model keeps the answer that it finds likeliest, which it reads as a whole" {
            val teacher = RunnableModel.initialized(smallReverser(), engine, 8)
            val end = 3
            val scored = Generator(filler, Decoding.AllAtOnce(2, 4), OptionalInt.of(end), 0).scoredBy(teacher)
            val answers = scored.from(sources, BEGIN, 12)
            sources.zip(answers).forEach { (source, answer) ->
                val found =
                    filler.lengths(source, 4, 12).map { length ->
                        val words = filler.refined(source, length, 2).words
                        val cut = words.take(words.indexOf(end).let { if (it < 0) length else it + 1 })
                        cut to teacher.logarithm(source, if (cut.last() == end) cut else cut + end)
                    }
                val expected = found.maxBy { it.second }
                answer.tokens() shouldBe listOf(BEGIN) + expected.first
                answer.score() shouldBe (expected.second plusOrMinus 1e-9)
            }
        }

        "a model that cannot choose among answers is told" {
            val teacher = RunnableModel.initialized(smallReverser(), engine, 8)
            val alone = RunnableModel.initialized(smallDecoder(), engine, 8)
            for (way in listOf(Decoding.Greedy, Decoding.AllAtOnce(passes = 3, lengths = 1))) {
                told { Generator(filler, way, OptionalInt.empty(), 0).scoredBy(teacher) } shouldRead
                    """
                    decoding: there is nothing for another model to choose from
                      model = filler
                      Answers of several lengths are scored, of a model that writes all words at once: say --lengths 5.
                    """
            }
            for ((name, other) in listOf("small" to alone, "filler" to filler)) {
                told { Generator(filler, Decoding.AllAtOnce(), OptionalInt.empty(), 0).scoredBy(other) } shouldRead
                    """
                    decoding: the model that is to score does not answer sources word by word
                      model = $name
                      Name one that reads a source, and whose decoder is causal.
                    """
            }
        }

        "a scorer that has fewer positions than a source or an answer is told" {
            fun scored(read: Int, written: Int): Generator {
                val scorer = RunnableModel.initialized(shortAnswerer(read, written), engine, 8)
                return Generator(filler, Decoding.AllAtOnce(1, 12), OptionalInt.of(3), 0).scoredBy(scorer)
            }
            val long =
                """
                source 1: it is longer than the model beside has positions
                  tokens = 4, the end token included
                  model beside = short
                  positions of source = 3
                  Give a shorter one, or name a model that was trained with more positions.

                source 3: it is longer than the model beside has positions
                  tokens = 7, the end token included
                  model beside = short
                  positions of source = 3
                  Give a shorter one, or name a model that was trained with more positions.
                """
            told { scored(3, 16).from(sources, BEGIN, 12) } shouldRead long
            told { Answers(scored(3, 16), BEGIN).to(sources, listOf(), OptionalInt.of(12), { false }, {}) } shouldRead
                long
            told { scored(7, 4).from(sources, BEGIN, 12) } shouldRead
                """
                decoding: an answer is longer than the model that is to score has positions
                  tokens read of the answer = 13, the begin token included
                  model = short
                  positions of target = 4
                  Allow fewer tokens, 3 at most, or name a model that was trained with more positions.
                """
            scored(7, 4).from(sources, BEGIN, 3).size shouldBe 3
        }

        for (beam in listOf(12, 4)) {
            "of a chain with a beam of $beam the likeliest words are written, with their probability" {
                val chain = RunnableModel.initialized(smallCopier(beam), engine, 5)
                sources.zip(chain.writing(1, 1, count = 3)).forEach { (source, answer) ->
                    val length = chain.lengths(source, 1, 3).single()
                    val (words, logarithm) = chain.enumerated(source, List(length) { 0 }, beam)
                    val foretold = chain.foretold(source).let { it[length] - logSum(it) }
                    answer.tokens() shouldBe listOf(BEGIN) + words
                    answer.score() shouldBe ((logarithm + foretold) / (length + 1) plusOrMinus 1e-9)
                }
            }
        }

        "the likeliest fertilities of all positions together say what is copied" {
            val fertile = RunnableModel.initialized(smallCopier(12, Pooling.Each), engine, 5)
            val source = intArrayOf(4, 5, 3)
            val scores = fertile.foretold(source).chunked(13).map { of -> of.map { it - logSum(of) } }
            val all = (0..12).flatMap { a -> (0..12).flatMap { b -> (0..12).map { c -> listOf(a, b, c) } } }
            fun foretold(of: List<Int>) = of.withIndex().sumOf { (at, fertility) -> scores[at][fertility] }
            val found =
                all.sortedByDescending { foretold(it) }
                    .take(4)
                    .map { of ->
                        val copied = of.flatMapIndexed { at, count -> List(count) { at } }.take(3).ifEmpty { listOf(2) }
                        val (words, logarithm) = fertile.enumerated(source, copied, 12)
                        words to (logarithm + foretold(of)) / (words.size + of.size)
                    }
            val best = found.maxBy { it.second }
            val answer = fertile.writing(1, 4, count = 3, of = listOf(source)).single()
            answer.tokens() shouldBe listOf(BEGIN) + best.first
            answer.score() shouldBe (best.second plusOrMinus 1e-9)
        }

        "a way of writing that is not the model's is told, rules included" {
            val ruled = Decoding.Restricted(Decoding.Greedy, listOf(DecodingRule.NoRepeat(2)))
            for ((model, way) in
                listOf(
                    filler to Decoding.Beam(4),
                    filler to ruled,
                    RunnableModel.initialized(smallReverser(), engine, 1) to Decoding.AllAtOnce(),
                    RunnableModel.initialized(smallCopier(), engine, 1) to Decoding.AllAtOnce(passes = 2),
                )) {
                shouldThrow<ProblemsException> { Generator(model, way, OptionalInt.empty(), 0) }
            }
            shouldThrow<IllegalStateException> {
                Generator(filler, Decoding.Greedy, OptionalInt.empty(), 0).allowing { _, _ -> true }
            }
        }
    })

private class Refined(val words: List<Int>, val logarithms: List<Double>)

/** The mean of the logarithms of the words and of their number. */
private fun RunnableModel.score(source: IntArray, of: Refined): Double {
    val lengths = foretold(source)
    return (of.logarithms.sum() + lengths[of.words.size] - logSum(lengths)) / (of.words.size + 1)
}

/** What the model computes where it reads source and target anew, as a whole. */
private fun RunnableModel.read(source: IntArray, blanks: String, words: List<Int>): Program {
    val program =
        executable(Purpose.Inference)
            .bind(mapOf("batch" to 1L, "source" to source.size.toLong(), blanks to words.size.toLong()))
    program.setInput("source", source)
    program.setInput(Names.lengths("source"), intArrayOf(source.size))
    program.setInput(Names.lengths(blanks), intArrayOf(words.size))
    if (blanks == "target") program.setInput(blanks, words.toIntArray())
    if (program.executable().graph().inputs.any { it.path == Names.copied(blanks) })
        program.setInput(Names.copied(blanks), words.toIntArray())
    program.run()
    return program
}

private fun RunnableModel.blanks() = if (model().components.any { it.name == "target" }) "target" else "blanks"

private fun RunnableModel.foretold(source: IntArray): List<Double> =
    read(source, blanks(), List(2) { if (blanks() == "target") MASK else 0 })
        .output("length")
        .ravel()
        .toDoubleVector()
        .toList()

private fun RunnableModel.lengths(source: IntArray, count: Int, longest: Int): List<Int> {
    val scores = foretold(source)
    return (1..longest).sortedByDescending { scores[it] }.take(count)
}

private fun RunnableModel.scores(source: IntArray, words: List<Int>, vocabulary: Int): List<List<Double>> =
    read(source, blanks(), words).output("words").ravel().toDoubleVector().toList().chunked(vocabulary)

/** `log p` of the words, written one after the other. */
private fun RunnableModel.logarithm(source: IntArray, words: List<Int>): Double {
    val session = DecodingSession.over(this, listOf(source))
    var read = BEGIN
    return words.sumOf { word ->
        val scores = session.read(arrayOf(intArrayOf(read))).getRow(0).toDoubleVector().toList()
        read = word
        scores[word] - logSum(scores)
    }
}

private fun logSum(terms: List<Double>) = ln(terms.sumOf { exp(it) })

/** The steps of the paper: predict the masked words, mask those that are least sure, and so on. */
private fun RunnableModel.refined(source: IntArray, length: Int, passes: Int): Refined {
    val words = MutableList(length) { MASK }
    val logarithms = MutableList(length) { 0.0 }
    var masked = words.indices.toList()
    for (pass in 1..passes) {
        val scores = scores(source, words, MASK + 1).map { it.dropLast(1) }
        masked.forEach { place ->
            words[place] = scores[place].indices.maxBy { scores[place][it] }
            logarithms[place] = scores[place].max() - logSum(scores[place])
        }
        masked = words.indices.sortedBy { logarithms[it] }.take(length * (passes - pass) / passes)
        val kept = words.toList()
        masked.forEach { words[it] = MASK }
        if (masked.isEmpty()) return Refined(kept, logarithms)
    }
    error("The last pass masks nothing.")
}

/** The likeliest of all words that are among the [beam] best of their place, and the logarithm of its probability. */
private fun RunnableModel.enumerated(source: IntArray, copied: List<Int>, beam: Int): Pair<List<Int>, Double> {
    val program = read(source, "blanks", copied)
    val scores = program.output("words").ravel().toDoubleVector().toList().chunked(12)
    val (left, right) = listOf("words/left", "words/right").map { program.output(it).toDoubleMatrix() }
    val candidates = scores.map { of -> of.indices.sortedByDescending { of[it] }.take(beam) }
    val all =
        candidates.fold(listOf(emptyList<Int>())) { begun, more -> begun.flatMap { way -> more.map { way + it } } }
    fun score(words: List<Int>) =
        words.withIndex().sumOf { (place, word) -> scores[place][word] } +
            words.zipWithNext().sumOf { (first, second) -> left[first].zip(right[second]) { a, b -> a * b }.sum() }
    val best = all.maxBy { score(it) }
    return best to score(best) - logSum(all.map { score(it) })
}
