package io.heddle.specs.data

import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.Batching
import io.heddle.runtime.data.EpochBatches
import io.heddle.runtime.data.Grouping
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PairData
import io.heddle.runtime.data.PairEncoding
import io.heddle.runtime.data.PairText
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.SentencePair
import io.heddle.runtime.data.SourceEnd
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.of
import io.kotest.property.checkAll
import java.util.OptionalInt

private fun pairs(sentences: List<Pair<String, String>>): PairText =
    PairText("a.src", "a.trg", sentences.mapIndexed { i, (source, target) -> SentencePair(i + 1, source, target) }, 0)

private fun encoded(text: PairText, encoding: PairEncoding = PairEncoding.DEFAULT): PairData {
    val words = WordTokenizer.of(text.sources() + text.targets(), 1)
    return PairData.encode(text, words, words, encoding)
}

private fun EpochBatches.positions(): Sequence<Position> = generateSequence(Position.START) { after(it) }

/** Sentences of 1 to 12 words; pair n begins with word n, so that it is told apart. */
private val anyData =
    Arb.list(Arb.int(1..12), 1..60).map { lengths ->
        encoded(
            pairs(
                lengths.mapIndexed { i, length -> "p$i" + " x".repeat(length - 1) to "p$i" + " y".repeat(12 - length) }
            )
        )
    }

private val anyBatching =
    Arb.of(
        Batching.sentences(1),
        Batching.sentences(7),
        Batching.tokens(16),
        Batching.tokens(64).roundedTo(8),
        Batching(BatchSize.Sentences(4), Grouping.ByLength(20), 4),
        Batching(BatchSize.Tokens(40), Grouping.AsShuffled(), 1),
    )

class PairDataSpec :
    StringSpec({
        "the decoder reads begin and the target, and is to say the target and end" {
            val data = encoded(pairs(listOf("a b" to "b a b", "a" to "a")))
            val batch = OrderedBatches(data, BatchSize.Sentences(2), 1).batch(0)
            val (a, b) = 4 to 5
            batch.tensor(Batch.SOURCE).rows() shouldBe listOf(listOf(a, b, 3), listOf(a, 3, 1))
            batch.tensor(Batch.SOURCE_LENGTHS).values() shouldBe intArrayOf(3, 2)
            batch.tensor(Batch.TARGET).rows() shouldBe listOf(listOf(2, b, a, b), listOf(2, a, 1, 1))
            batch.tensor(Batch.TARGET_LENGTHS).values() shouldBe intArrayOf(4, 2)
            batch.tensor(Batch.LABELS).rows() shouldBe listOf(listOf(b, a, b, 3), listOf(a, 3, -1, -1))
            batch.labelCount shouldBe 6
        }

        "a source may go without the end token" {
            val open = PairEncoding(SourceEnd.NONE, OptionalInt.empty(), OptionalInt.empty())
            val data = encoded(pairs(listOf("a b" to "a")), open)
            data.source(0) shouldBe intArrayOf(4, 5)
        }

        "every pair comes once in every epoch" {
            checkAll(100, anyData, anyBatching, Arb.long(), Arb.int(0..5)) { data, batching, seed, epoch ->
                val batches = EpochBatches(data, batching, seed)
                val numbers =
                    (0 until batches.count(epoch.toLong())).flatMap {
                        batches.examples(Position(epoch.toLong(), it.toLong())).toList()
                    }
                numbers.sorted() shouldBe List(data.size()) { it }
            }
        }

        "a resumed run reads the batches of an uninterrupted one" {
            checkAll(50, anyData, anyBatching, Arb.long(), Arb.int(0..50)) { data, batching, seed, stop ->
                val whole = EpochBatches(data, batching, seed)
                val expected = whole.positions().map { whole.batch(it) }.take(stop + 10).toList().drop(stop)
                val position = whole.positions().elementAt(stop)
                val resumed = EpochBatches(data, batching, seed)
                generateSequence(position) { resumed.after(it) }.map { resumed.batch(it) }.take(10).toList() shouldBe
                    expected
            }
        }

        "padding is never counted, and never a label" {
            checkAll(100, anyData, anyBatching, Arb.long()) { data, batching, seed ->
                val batches = EpochBatches(data, batching, seed)
                batches
                    .positions()
                    .takeWhile { it.epoch == 0L }
                    .toList()
                    .forAll { position ->
                        val batch = batches.batch(position)
                        val lengths = batch.tensor(Batch.TARGET_LENGTHS).values().toList()
                        batch.labelCount shouldBe lengths.sum()
                        batch.tensor(Batch.LABELS).rows().zip(lengths).forAll { (row, length) ->
                            row.take(length).forAll { it shouldNotBe Batch.IGNORED_LABEL }
                            row.take(length).last() shouldBe 3
                            row.drop(length).forAll { it shouldBe Batch.IGNORED_LABEL }
                        }
                        batch.tensor(Batch.TARGET).rows().zip(lengths).forAll { (row, length) ->
                            row.drop(length).forAll { it shouldBe 1 }
                        }
                        batch.tensor(Batch.SOURCE).size(1) % batching.lengthMultiple shouldBe 0
                        batch.tensor(Batch.TARGET).size(1) % batching.lengthMultiple shouldBe 0
                    }
            }
        }

        "a batch of tokens holds no more than it says, padding counted" {
            checkAll(50, anyData, Arb.int(13..100), Arb.long()) { data, tokens, seed ->
                val batches = EpochBatches(data, Batching.tokens(tokens), seed)
                batches
                    .positions()
                    .takeWhile { it.epoch == 0L }
                    .map { batches.batch(it) }
                    .toList()
                    .forAll {
                        it.tensor(Batch.SOURCE).values().size shouldBeLessThanOrEqual tokens
                        it.tensor(Batch.TARGET).values().size shouldBeLessThanOrEqual tokens
                    }
            }
        }

        "grouping by length wastes less on padding" {
            val sentences = List(500) { "x" + " x".repeat(it * 7 % 30) }
            val data = encoded(pairs(sentences.map { it to it }))
            fun padded(grouping: Grouping): Int {
                val batches = EpochBatches(data, Batching(BatchSize.Sentences(10), grouping, 1), 1)
                return batches
                    .positions()
                    .takeWhile { it.epoch == 0L }
                    .sumOf { batches.batch(it).tensor(Batch.TARGET).values().size }
            }
            padded(Grouping.ByLength(100)) * 3 shouldBeLessThan padded(Grouping.AsShuffled()) * 2
        }

        "seeds and epochs have orders of their own" {
            val data = encoded(pairs(List(40) { "p$it" to "p$it" }))
            fun order(seed: Long, epoch: Long): List<Int> =
                EpochBatches(data, Batching.sentences(40), seed).examples(Position(epoch, 0)).toList()
            setOf(order(1, 0), order(1, 1), order(2, 0), List(40) { it }).size shouldBe 4
        }

        "in order, the pairs come as in their file" {
            val data = encoded(pairs(List(10) { "p$it" to "q$it" }))
            val batches = OrderedBatches(data, BatchSize.Sentences(4), 1)
            (0 until batches.count()).map { batches.examples(it).toList() } shouldBe
                listOf(listOf(0, 1, 2, 3), listOf(4, 5, 6, 7), listOf(8, 9))
            data.pair(9).target shouldBe "q9"
        }

        "so many batches are drawn, each pair once, and others after other steps" {
            val data = encoded(pairs(List(10) { "p$it" to "q$it" }))
            fun drawn(step: Long, count: Int, seed: Long = 7): List<List<Int>> {
                val batches = OrderedBatches.drawn(data, BatchSize.Sentences(4), 1, seed, step, count)
                return (0 until batches.count()).map { batches.examples(it).toList() }
            }
            drawn(5, 2).map { it.size } shouldBe listOf(4, 4)
            drawn(5, 2).flatten().toSet().size shouldBe 8
            drawn(5, 2) shouldBe drawn(5, 2)
            setOf(drawn(5, 2), drawn(6, 2), drawn(5, 2, seed = 8)).size shouldBe 3
            drawn(5, 99).flatten().sorted() shouldBe List(10) { it }
        }

        "pairs that are too long are left out and counted" {
            val text = pairs(listOf("a" to "a", "a a a" to "a", "a" to "a a a", "a a" to "a a"))
            val data = encoded(text, PairEncoding.DEFAULT.atMost(2))
            data.size() shouldBe 2
            data.skippedLong() shouldBe 2
            data.pair(1).line shouldBe 4
        }

        "no pair within the maximum length is a problem" {
            refusal { encoded(pairs(listOf("a a" to "a")), PairEncoding.DEFAULT.atMost(1)) } shouldBe
                """
                a.src: no pair is left to read
                  pairs without a token = 0
                  pairs too long = 1
                  Raise the maximum length, which is 1.
                """
                    .trimIndent()
        }

        "a pair that fits into no batch is told with its line" {
            val data = encoded(pairs(listOf("a" to "a", "a a a a a" to "a")))
            refusal { EpochBatches(data, Batching.tokens(5), 1) } shouldBe
                """
                a.src:2: the pair does not fit into a batch
                  its longer side = 6 tokens
                  batch = 5 tokens
                  Make batches of 6 tokens or more, or set a maximum length.
                """
                    .trimIndent()
        }

        "where words are copied, those that a vocabulary lacks are numbered behind it by their first position" {
            val read = WordTokenizer.of(listOf("met in"), 1) // <unk> <pad> <s> </s> in met
            val written = WordTokenizer.of(listOf("met by was"), 1) // <unk> <pad> <s> </s> by met was
            val text = pairs(listOf("Ann met Bob in Ann" to "Bob was met by Ann Cid"))
            val data = PairData.encode(text, read, written, PairEncoding.DEFAULT.copying(OptionalInt.of(9)))
            val batch = data.pad(intArrayOf(0), 4)
            batch.tensor(Batch.SOURCE).values() shouldBe intArrayOf(0, 5, 0, 4, 0, 3, 1, 1)
            batch.tensor(Batch.COPIES).values() shouldBe intArrayOf(9, 5, 11, 12, 9, 3, 0, 0)
            batch.tensor(Batch.TARGET).values() shouldBe intArrayOf(2, 0, 6, 5, 4, 0, 0, 1)
            batch.tensor(Batch.LABELS).values() shouldBe intArrayOf(11, 6, 5, 4, 9, 0, 3, -1)
            val words = data.words(0).get()
            words.decode(intArrayOf(2, 11, 6, 5, 4, 9, 0, 3)) shouldBe "Bob was met by Ann <unk>"
            words.read(11) shouldBe 0
            listOf(8, 9, 10, 11, 12, 13, 14).map { words.has(it) } shouldBe
                listOf(false, true, false, true, true, false, false)
            data.copies(0) shouldBe listOf("Bob", "Ann")
        }

        "what is copied means the same where it is written" {
            val (letters, words) = CharacterTokenizer.ofSentences(listOf("ab")) to WordTokenizer.of(listOf("a b"), 1)
            val copying = PairEncoding.DEFAULT.copying(OptionalInt.of(9))
            refusal { PairData.encode(pairs(listOf("a" to "b")), letters, words, copying) } shouldBe
                """
                pairs: what is copied means another thing where it is written
                  copyFrom needs words on both sides, as Tokenization.Words(minimum = 2) cuts them, or one vocabulary.
                """
                    .trimIndent()
            val shared = PairData.encode(pairs(listOf("ab" to "ba")), letters, letters, copying)
            val batch = shared.pad(intArrayOf(0), 1)
            batch.tensor(Batch.COPIES).values() shouldBe batch.tensor(Batch.SOURCE).values()
        }

        "a tokenizer without begin and end cannot encode pairs" {
            val characters = CharacterTokenizer.of("ab")
            refusal {
                PairData.encode(pairs(listOf("a" to "b")), characters, characters, PairEncoding.DEFAULT)
            } shouldBe
                listOf(
                        "target tokenizer has no begin" to "<s>  <bos>  <|begin_of_text|>  <|startoftext|>  [CLS]",
                        "target tokenizer has no end" to "</s>  <eos>  <|end_of_text|>  <|endoftext|>  [SEP]",
                        "source tokenizer has no end" to "</s>  <eos>  <|end_of_text|>  <|endoftext|>  [SEP]",
                    )
                    .joinToString("\n\n") { (title, names) ->
                        "tokenizer: the $title token\n" +
                            "  names looked for = $names\n" +
                            "  Pairs need one: use a tokenizer of words or characters, or a tokenizer.json that has " +
                            "a token of such a\n" +
                            "  name, or a tokenizer_config.json beside it that says another."
                    }
        }

        "tokens outside the model's vocabularies are told for each side" {
            val data = encoded(pairs(listOf("a a" to "a a", "a b" to "b b c")))
            data.requireVocabularies(7, 7)
            refusal { data.requireVocabularies(5, 6) } shouldBe
                """
                a.src:2: token 5 is outside the model's vocabulary
                  vocabulary = 5 tokens
                  largest token = 5
                  tokens outside = 1
                  Give the model tokens(vocab = 6), or use the tokenizer it was made for.

                a.trg:2: token 6 is outside the model's vocabulary
                  vocabulary = 6 tokens
                  largest token = 6
                  tokens outside = 1
                  Give the model tokens(vocab = 7), or use the tokenizer it was made for.
                """
                    .trimIndent()
        }
    })
