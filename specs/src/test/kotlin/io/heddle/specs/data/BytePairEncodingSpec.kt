package io.heddle.specs.data

import io.heddle.runtime.data.tokenizer.HuggingFaceTokenizer
import io.heddle.runtime.data.tokenizer.SpecialIds
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.kotest.core.TestConfiguration
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.OptionalInt
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What is learned is held to the paper's algorithm, written out in [PaperBytePairs], and run by another's library. */
class BytePairEncodingSpec :
    StringSpec({
        val paper = "low low low low low lower lower newest newest newest newest newest newest widest widest widest"
        val shakespeare =
            Path.of("../samples/data/tinyshakespeare.txt").readLines().filter { it.isNotEmpty() }.take(400)

        "of the dictionary of the paper's example the likeliest pairs are joined first" {
            // es 9, est 9; then lo, low, and its blank 7 each, and newest 6: equal counts by the left part's code
            // points
            val letters = 11
            learned(listOf(paper), SPECIAL + letters + 10).merges() shouldBe
                listOf("e s", "es t", "l o", "lo w", "▁ low", "e w", "ew est", "n ewest", "▁ newest", "d est")
        }

        "the merges are those of the paper's algorithm on real text" {
            val expected = PaperBytePairs(shakespeare).apply { repeat(300) { joinBest() } }
            val tokenizer = HuggingFaceTokenizer.learn(shakespeare, SPECIAL + expected.letters + 300)
            file(tokenizer).merges().take(expected.merges.size) shouldBe expected.merges
        }

        "text is cut as the algorithm has cut the words that it learned from" {
            val expected = PaperBytePairs(shakespeare).apply { repeat(300) { joinBest() } }
            val tokenizer = HuggingFaceTokenizer.learn(shakespeare, SPECIAL + expected.tokens)
            val ids = file(tokenizer).ids()
            shakespeare.forEach { line ->
                tokenizer.encode(line).toList() shouldBe expected.cut(line).map { ids.getValue(it) }
            }
        }

        "the special tokens come first, then characters by code point, then what was joined" {
            val ids = learned(listOf("ab ab"), 8).ids().entries.sortedBy { it.value }.map { it.key }
            ids shouldBe listOf("<unk>", "<pad>", "<s>", "</s>", "a", "b", "▁", "ab")
            HuggingFaceTokenizer.learn(listOf("ab ab"), 8).specialIds() shouldBe
                SpecialIds(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(0))
        }

        "there are as many tokens as were asked for, or fewer where no pair comes twice" {
            HuggingFaceTokenizer.learn(shakespeare, 500).vocabularySize() shouldBe 500
            HuggingFaceTokenizer.learn(listOf("ab"), 500).vocabularySize() shouldBe SPECIAL + 3
        }

        "text comes back as it was, blanks and lines too" {
            val lines = listOf("ein mann läuft", " zwei  hunde", "saftig-grünes gras .", "a\n\nb c\n", "grün", "😀 ja")
            val tokenizer = HuggingFaceTokenizer.learn(lines, 40)
            lines.filterNot { it.startsWith(" ") }.forEach { tokenizer.decode(tokenizer.encode(it)) shouldBe it }
            // the blank before a text is the one that every first word is given
            tokenizer.decode(tokenizer.encode(" zwei  hunde")) shouldBe "zwei  hunde"
            // u and its dots apart are the letter ü
            tokenizer.encode("gru\u0308n") shouldBe tokenizer.encode("grün")
        }

        "written piece by piece, a text has its blanks" {
            val tokenizer = HuggingFaceTokenizer.learn(listOf("ein mann ein mann"), 30)
            val decoder = tokenizer.streamingDecoder()
            val pieces = tokenizer.encode("ein mann ein").map { decoder.next(it) } + decoder.finish()
            pieces.joinToString("") shouldBe "ein mann ein"
        }

        "a character that was not learned is unknown, and no text ends a sentence" {
            val tokenizer = HuggingFaceTokenizer.learn(listOf("ab </s>", "ab </s>", "</s> ab"), 40)
            tokenizer.encode("ab").toList().count { it == 0 } shouldBe 0
            tokenizer.encode("aQb").toList().count { it == 0 } shouldBe 1
            tokenizer.encode("ab </s>").toList().none { it in 1..3 } shouldBe true
            tokenizer.decode(tokenizer.encode("ab </s>")) shouldBe "ab </s>"
        }

        "equal texts give equal tokenizers, and a saved one is the same" {
            val tokenizer = HuggingFaceTokenizer.learn(shakespeare, 300)
            HuggingFaceTokenizer.learn(shakespeare.shuffled(Random(1)), 300) shouldBe tokenizer
            val folder = folder()
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
            Tokenizer.load(folder).specialIds() shouldBe tokenizer.specialIds()
            folder.resolve("tokenizer_config.json").readText().let(::keys) shouldContainAll listOf("pad_token")
        }

        "a vocabulary without room for the characters is a problem" {
            refusal { HuggingFaceTokenizer.learn(listOf("abc"), 7) } shouldBe
                """
                tokenizer: a vocabulary of 7 tokens has no room for the characters of the training data
                  needed = 4 characters and 4 special tokens
                  Say Tokenization.BytePairEncoding(vocabulary = N) with more than 8, or leave rare characters out of the training data.
                """
                    .trimIndent()
            refusal { HuggingFaceTokenizer.learn(listOf(""), 7) } shouldBe
                """
                tokenizer: there are no characters to make a vocabulary of
                  Give the text that the model is to be trained on.
                """
                    .trimIndent()
        }
    })

private const val SPECIAL = 4

private class LearnedFile(text: String) {
    private val model = Json.parseToJsonElement(text).jsonObject.getValue("model").jsonObject

    fun merges() =
        model.getValue("merges").jsonArray.map { pair -> pair.jsonArray.joinToString(" ") { it.jsonPrimitive.content } }

    fun ids() = model.getValue("vocab").jsonObject.mapValues { (_, id) -> id.jsonPrimitive.content.toInt() }
}

private fun keys(json: String) = Json.parseToJsonElement(json).jsonObject.keys

private fun TestConfiguration.learned(texts: List<String>, vocabulary: Int) =
    file(HuggingFaceTokenizer.learn(texts, vocabulary))

private fun TestConfiguration.file(tokenizer: Tokenizer) =
    folder().let { folder ->
        tokenizer.save(folder)
        LearnedFile(folder.resolve("tokenizer.json").readText())
    }

/**
 * Algorithm 1 of arXiv 1508.07909 as it stands there: every count is made anew for each merge. Words are of one line
 * and begin with their blank, which the paper has at their end.
 */
private class PaperBytePairs(texts: List<String>) {
    private val words = texts.flatMap(::split).groupingBy { it }.eachCount()
    private val spelled = words.keys.associateWith { word -> word.map { it.toString() } }.toMutableMap()
    val letters = spelled.values.flatten().toSet().size
    val merges = mutableListOf<String>()
    private val joined = mutableSetOf<String>()
    val tokens
        get() = letters + joined.size

    fun joinBest() {
        val counts = mutableMapOf<Pair<String, String>, Int>()
        for ((word, symbols) in spelled) {
            for (pair in symbols.zipWithNext()) counts.merge(pair, words.getValue(word), Int::plus)
        }
        val most = counts.values.max()
        val (left, right) =
            counts.filterValues { it == most }.keys.sortedWith(compareBy({ it.first }, { it.second })).first()
        merges += "$left $right"
        joined += left + right
        spelled.replaceAll { _, symbols -> join(symbols, left, right) }
    }

    fun cut(line: String) = split(line).flatMap { spelled.getValue(it) }

    private fun split(line: String) = line.split(" ").map { "▁$it" }

    private fun join(symbols: List<String>, left: String, right: String): List<String> =
        symbols.fold(listOf()) { before, symbol ->
            if (before.lastOrNull() == left && symbol == right) before.dropLast(1) + (left + right) else before + symbol
        }
}
