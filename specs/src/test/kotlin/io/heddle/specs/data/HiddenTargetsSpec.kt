package io.heddle.specs.data

import io.heddle.model.Classify
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.Fertilities
import io.heddle.runtime.data.HiddenTargets
import io.heddle.runtime.data.IntTensor
import io.heddle.runtime.data.PairData
import io.heddle.runtime.data.PairEncoding
import io.heddle.runtime.data.PairText
import io.heddle.runtime.data.SentencePair
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.train.smallFiller
import io.heddle.terms.Pooling
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain

private const val WIDTH = 6
private const val MASK = 99
private const val END = 3

/** Words of targets are hidden as arXiv 1904.09324, section 3.1, hides them. */
class HiddenTargetsSpec :
    StringSpec({
        val some = HiddenTargets(HiddenTargets.Share.DRAWN, MASK, 7, "training")

        "a decoder reads the words themselves but for those that are hidden, and these alone have labels" {
            for (share in HiddenTargets.Share.entries) {
                val pairs = pairs(List(50) { 2 + it % 5 })
                val hidden = some.but(share = share).`in`(pairs, 0, 3)
                val (truth, read, labels) =
                    listOf(pairs.rows(Batch.LABELS), hidden.rows(Batch.TARGET), hidden.rows(Batch.LABELS))
                truth.indices.forEach { row ->
                    val length = pairs.tensor(Batch.TARGET_LENGTHS).values()[row]
                    (0 until WIDTH).forEach { place ->
                        val isHidden = labels[row][place] != Batch.IGNORED_LABEL
                        if (place >= length) isHidden shouldBe false
                        else {
                            read[row][place] shouldBe if (isHidden) MASK else truth[row][place]
                            if (isHidden) labels[row][place] shouldBe truth[row][place]
                        }
                    }
                    read[row].drop(length) shouldBe pairs.rows(Batch.TARGET)[row].drop(length)
                }
                hidden.labelCount shouldBe labels.sumOf { row -> row.count { it != Batch.IGNORED_LABEL } }
                hidden.tensor(Batch.SOURCE) shouldBe pairs.tensor(Batch.SOURCE)
            }
        }

        "all words are hidden where no word is read" {
            val pairs = pairs(listOf(2, 6, 1))
            val hidden = some.but(share = HiddenTargets.Share.ALL).`in`(pairs, 0, 0)
            hidden.labelCount shouldBe 9
            hidden.tensor(Batch.LABELS) shouldBe pairs.tensor(Batch.LABELS)
        }

        "every number of words is hidden as often as any other, and every set of so many places" {
            val rows = 6_000
            val hidden = some.`in`(pairs(List(rows) { 4 }), 0, 0)
            val sets = hidden.rows(Batch.LABELS).map { row -> row.indices.filter { row[it] != Batch.IGNORED_LABEL } }
            fun chiSquare(counts: Collection<Int>, expected: Double) =
                counts.sumOf { (it - expected) * (it - expected) / expected }
            val bySize = sets.groupBy { it.size }
            bySize.keys shouldBe setOf(1, 2, 3, 4)
            // 16.3, 20.5 and 16.3 are exceeded once in a thousand, with 3, 5 and 3 degrees of freedom
            chiSquare(bySize.values.map { it.size }, rows / 4.0) shouldBeLessThan 16.3
            val pairsOfPlaces = bySize.getValue(2).groupingBy { it }.eachCount()
            pairsOfPlaces.size shouldBe 6
            chiSquare(pairsOfPlaces.values, bySize.getValue(2).size / 6.0) shouldBeLessThan 20.5
            val single = bySize.getValue(1).groupingBy { it }.eachCount()
            chiSquare(single.values, bySize.getValue(1).size / 4.0) shouldBeLessThan 16.3
        }

        "each position of a source makes as many words as places are nearest to it" {
            for ((source, target, expected) in
                listOf(
                    Triple(4, 4, listOf(0, 1, 2, 3)),
                    Triple(3, 6, listOf(0, 0, 1, 1, 2, 2)),
                    Triple(5, 3, listOf(0, 2, 4)),
                    Triple(3, 1, listOf(0)),
                )) {
                Fertilities.spread(source, target).toList() shouldBe expected
            }
            val hidden = some.`in`(pairs(listOf(4, 1)), 0, 0)
            hidden.rows(Batch.COPIED) shouldBe listOf(listOf(0, 0, 1, 1, -1, -1), listOf(0, -1, -1, -1, -1, -1))
            hidden.tensor(Batch.FERTILITIES).values().toList() shouldBe listOf(2, 2, 1, 0)
        }

        "a target that the classifier has no class for is told" {
            val words = WordTokenizer.of(listOf("a b c"), 1)
            val sentences = listOf(SentencePair(1, "a", "a b"), SentencePair(2, "a b c", "a b c c c a"))
            val text = PairText("a.src", "a.trg", sentences, 0)
            val data = PairData.encode(text, words, words, PairEncoding.DEFAULT)
            fun head(pooling: Pooling, classes: Int) =
                smallFiller().all<Classify>().single().copy(pooling = pooling, classes = classes)
            data.requireForetold(head(Pooling.Mean, 8))
            data.requireForetold(head(Pooling.Each, 4))
            told { data.requireForetold(head(Pooling.Mean, 7)) } shouldRead
                """
                a.trg:2: the target is longer than the model foretells
                  tokens of the target = 7
                  classes of length = 7
                  Class n says n, the end token included. Say classes = 8, or leave out longer pairs.
                """
            told { data.requireForetold(head(Pooling.Each, 3)) } shouldContain
                "words that a position of the source makes = 3"
        }

        "a batch is hidden alike whenever it is asked for, and another one in another way" {
            val pairs = pairs(List(40) { 6 })
            some.`in`(pairs, 2, 3) shouldBe some.`in`(pairs, 2, 3)
            for (other in
                listOf(
                    some.`in`(pairs, 2, 4),
                    some.`in`(pairs, 1, 3),
                    some.but(purpose = "validation").`in`(pairs, 2, 3),
                    some.but(seed = 8).`in`(pairs, 2, 3),
                )) {
                other shouldNotBe some.`in`(pairs, 2, 3)
            }
        }
    })

private fun HiddenTargets.but(
    share: HiddenTargets.Share = share(),
    seed: Long = seed(),
    purpose: String = purpose(),
): HiddenTargets = HiddenTargets(share, mask(), seed, purpose)

/** Pairs with targets of these lengths, the end token included. */
private fun pairs(lengths: List<Int>): Batch {
    val rows = lengths.size
    val labels =
        lengths.flatMapIndexed { row, length ->
            List(WIDTH) { if (it < length - 1) 10 + row % 7 + it else if (it < length) END else Batch.IGNORED_LABEL }
        }
    val target = lengths.flatMap { length -> List(WIDTH) { if (it < length) 5 else 1 } }
    return Batch(
        mapOf(
            Batch.SOURCE to IntTensor.of(IntArray(rows * 2) { 4 }, rows, 2),
            Batch.SOURCE_LENGTHS to IntTensor.of(IntArray(rows) { 2 }, rows),
            Batch.TARGET to IntTensor.of(target.toIntArray(), rows, WIDTH),
            Batch.TARGET_LENGTHS to IntTensor.of(lengths.toIntArray(), rows),
            Batch.LABELS to IntTensor.of(labels.toIntArray(), rows, WIDTH),
        ),
        lengths.sum(),
    )
}

private fun Batch.rows(name: String) = tensor(name).values().toList().chunked(WIDTH)
