package io.heddle.specs.data

import io.heddle.dsl.files
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.recipe.AdamW
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Tokenization
import io.heddle.runtime.data.Alignment
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.EmptySides
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PairData
import io.heddle.runtime.data.PairEncoding
import io.heddle.runtime.data.PairFiles
import io.heddle.runtime.data.PairText
import io.heddle.runtime.data.tokenizer.HuggingFaceTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.runtime.program.Engine
import io.heddle.runtime.train.Measure
import io.heddle.specs.train.smallCopier
import io.heddle.specs.train.train
import io.heddle.terms.Pooling
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlin.random.Random

/** Fertilities are what an aligner says (arXiv 1711.02281, section 3.3). */
class AlignedPairsSpec :
    StringSpec({
        val folder = folder()

        fun aligned(source: String, target: String, alignments: String) =
            PairFiles.Aligned(
                folder.text("a.src", source),
                folder.text("a.trg", target),
                folder.text("a.align", alignments),
            )

        fun read(source: String, target: String, alignments: String, empty: EmptySides = EmptySides.SKIP) =
            PairText.read(aligned(source, target, alignments), empty)

        fun encoded(text: PairText, tokenizer: Tokenizer) =
            PairData.encode(text, tokenizer, tokenizer, PairEncoding.DEFAULT)

        fun words(text: PairText) = encoded(text, WordTokenizer.of(text.sources() + text.targets(), 1))

        fun batch(data: PairData): Batch = OrderedBatches(data, BatchSize.Sentences(data.size()), 1).batch(0)

        fun PairData.fertilities() = batch(this).tensor(Batch.FERTILITIES).rows()

        fun PairData.copied() = batch(this).tensor(Batch.COPIED).rows()

        "links are read line by line, and pairs that are left out have theirs" {
            val text = read("a b\n\nc\n", "x\ny\nz\n", "0-0 1-0\n5-5\n\n")
            text.pairs().map { it.line } shouldBe listOf(1, 3)
            text.pairs().map { it.alignment.get() } shouldBe
                listOf(Alignment(listOf(Alignment.Link(0, 0), Alignment.Link(1, 0))), Alignment(listOf()))
        }

        "the fertility of a word is how many words are linked to it, and the end makes the end" {
            val data = words(read("a b c\n", "x y z w\n", "0-1 2-0 2-2 2-3\n"))
            data.fertilities() shouldBe listOf(listOf(1, 0, 3, 1))
            // copies stand as their sources do
            data.copied() shouldBe listOf(listOf(0, 2, 2, 2, 3))
        }

        "a word of several links is spread over them, and one without is made like the word before it" {
            words(read("a b c\n", "x y\n", "0-0 2-0 1-1\n")).fertilities() shouldBe listOf(listOf(1, 1, 0, 1))
            words(read("a b\n", "x y z\n", "0-0\n")).fertilities() shouldBe listOf(listOf(3, 0, 1))
            words(read("a b\n", "x y z\n", "1-2\n")).fertilities() shouldBe listOf(listOf(0, 3, 1))
            // without a link at all only the end is known
            words(read("a b\n", "x y\n", "\n")).fertilities() shouldBe listOf(listOf(0, 0, 3))
        }

        "pairs of a batch are padded" {
            val data = words(read("a\na b\n", "x y z\nx\n", "0-0 0-1\n1-0\n"))
            data.fertilities() shouldBe listOf(listOf(3, 1, -1), listOf(0, 1, 1))
            data.copied() shouldBe listOf(listOf(0, 0, 0, 1), listOf(1, 2, -1, -1))
        }

        "parts of words are spread over the parts of the words that they are linked to" {
            // "ab" and "cd" are known whole, "ef" in parts of one character, which a blank begins.
            val parts = HuggingFaceTokenizer.learn(List(9) { "ab cd" } + "e f", 15)
            fun pieces(text: String) = parts.encode(text).map { parts.piece(it) }
            pieces("ab ef cd") shouldBe listOf("ab", "", "e", "f", "cd")
            val data = encoded(read("ab ef cd\n", "cd ef ab ab\n", "2-0 1-1 0-2 0-3\n"), parts)
            data.fertilities() shouldBe listOf(listOf(2, 1, 1, 1, 1, 1))
            // the blank, "e" and "f" by two words: places 0, 0.5 and 1 of them, and halves are made even
            encoded(read("ab cd\n", "ef\n", "0-0 1-0\n"), parts).fertilities() shouldBe listOf(listOf(2, 1, 1))
            encoded(read("ef\n", "ab\n", "0-0\n"), parts).fertilities() shouldBe listOf(listOf(1, 0, 0, 1))
        }

        "other links are other data" {
            val data = listOf("0-0 1-1\n", "0-1 1-0\n", "0-0 0-1\n").map { words(read("a b\n", "x y\n", it)) }
            data[0].mark(data[0], "") shouldBe data[1].mark(data[1], "")
            data[0].mark(data[0], "") shouldNotBe data[2].mark(data[2], "")
        }

        "a link of no word is told with its line" {
            refusal(folder) { read("a b\nc\nd\n", "x\ny\nz\n", "0-0 2-0\n0:0\n0-0 0-1\n") } shouldBe
                """
                a.align:1: it links no words of this pair
                  link = 2-0
                  words of the source = 2
                  words of the target = 1
                  A link is a word of the source, a hyphen and a word of the target, from 0: 0-0 1-2. Look for other
                  files, or for sides that were exchanged.

                a.align:2: it links no words of this pair
                  link = 0:0
                  words of the source = 1
                  words of the target = 1
                  A link is a word of the source, a hyphen and a word of the target, from 0: 0-0 1-2. Look for other
                  files, or for sides that were exchanged.

                a.align:3: it links no words of this pair
                  link = 0-1
                  words of the source = 1
                  words of the target = 1
                  A link is a word of the source, a hyphen and a word of the target, from 0: 0-0 1-2. Look for other
                  files, or for sides that were exchanged.
                """
                    .trimIndent()
        }

        "another number of lines is told with both" {
            refusal(folder) { read("a\nb\n", "x\ny\n", "0-0\n") } shouldBe
                """
                a.align: its alignments are another number of lines
                  lines of a.src = 2
                  lines of a.align = 1
                  Line n must align line n of the other files: a pair without links has an empty line.
                """
                    .trimIndent()
        }

        "all three numbers of lines are told at once, and a side that is empty with them" {
            refusal(folder) { read("a\n\n", "x\ny\nz\n", "5-5\n", EmptySides.REFUSE) } shouldBe
                """
                a.src: its translations are another number of lines
                  lines of a.src = 2
                  lines of a.trg = 3
                  Line n of one file must translate line n of the other: look for a line too many or too few.

                a.src:2: the source is empty
                  Write both sides, remove the pair, or have empty ones skipped.

                a.align: its alignments are another number of lines
                  lines of a.src = 2
                  lines of a.align = 1
                  Line n must align line n of the other files: a pair without links has an empty line.
                """
                    .trimIndent()
        }

        // Lengths alone cannot tell it: 3 is three words, and 0 is none.
        "a model learns how many words each word makes" {
            for ((name, count) in listOf("train" to 300, "dev" to 40)) {
                val random = Random(count)
                val sources = List(count) { List(random.nextInt(2, 4)) { random.nextInt(4) } + 1 }
                folder.text("$name.src", sources.joinToString("") { it.joinToString(" ", postfix = "\n") })
                val targets = sources.map { digits -> digits.flatMap { digit -> List(digit) { "i" } } }
                folder.text("$name.trg", targets.joinToString("") { it.joinToString(" ", postfix = "\n") })
                val links = sources.map { digits -> digits.flatMapIndexed { word, digit -> List(digit) { word } } }
                val lines = links.map { words -> words.mapIndexed { place, word -> "$word-$place" } }
                folder.text("$name.align", lines.joinToString("") { it.joinToString(" ", postfix = "\n") })
            }
            val recipe =
                recipe(
                    pairs(
                        files("train.src", "train.trg", "train.align"),
                        files("dev.src", "dev.trg", "dev.align"),
                        Tokenization.Words(1),
                    ),
                    steps = 80,
                ) {
                    batch(16)
                    optimizer = AdamW(learningRate = 1e-2)
                    decoderInput = DecoderInput.Blanks
                    evaluate(every = 80)
                    exactMatch()
                }
            val out = tempdir().toPath()
            val learned = train(smallCopier(lengths = Pooling.Each), recipe, folder, out, engine = Engine.cpu(1))
            learned.last().get().measure(Measure.EXACT_MATCH).asDouble shouldBeGreaterThan 90.0
        }
    })
