package io.heddle.specs.data

import io.heddle.recipe.Columns
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.Batching
import io.heddle.runtime.data.EpochBatches
import io.heddle.runtime.data.LabelReader
import io.heddle.runtime.data.LabelledData
import io.heddle.runtime.data.LabelledText
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import java.nio.file.Path

/** Files of texts with a class each become batches. */
class LabelledTextsSpec :
    StringSpec({
        val folder = folder()
        val classes = listOf("bad", "good")
        val columns = Columns.Numbered(1, 2)

        fun read(file: Path, from: Columns = columns) =
            LabelReader.texts(file, from, classes).map { it.text to it.label }

        fun refused(text: String, from: Columns = columns, name: String = "wrong.tsv") =
            refusal(folder) { read(folder.text(name, text), from) }

        "a text, a tab and its class stand in a line, and blanks around them count for nothing" {
            read(folder.text("films.tsv", "what a film\tgood\n no , thanks \tbad \r\n")) shouldBe
                listOf("what a film" to 1, "no , thanks" to 0)
        }

        "columns are said by number or by name" {
            val file = folder.text("ids.tsv", "id\tlabel\tsentence\n7\tbad\tno\n8\tgood\tyes\n")
            val expected = listOf("no" to 0, "yes" to 1)
            read(file, Columns.Named("sentence", "label")) shouldBe expected
            read(folder.text("body.tsv", "7\tbad\tno\n8\tgood\tyes"), Columns.Numbered(3, 2)) shouldBe expected
        }

        "a .csv file has commas, and quotes as RFC 4180 writes them" {
            val text = "good,\"a \"\"fine\"\", fine\nfilm\"\r\n\r\nbad,\"\"\"no\"\"\"\ngood,it's\"fine"
            read(folder.text("films.csv", text), Columns.Numbered(2, 1)) shouldBe
                listOf("a \"fine\", fine\nfilm" to 1, "\"no\"" to 0, "it's\"fine" to 1)
            LabelReader.texts(folder.resolve("films.csv"), Columns.Numbered(2, 1), classes).map {
                it.origin.line
            } shouldBe listOf(1, 4, 5)
        }

        "quotes of a .csv file are closed" {
            refused("bad,fine\nbad,\"no", name = "open.csv") shouldRead
                """
                open.csv:2: a quote is open to the end of the file
                  Close it, and double the quotes inside it.
                """
            refused("\"a\"b,bad", name = "behind.csv") shouldRead
                """
                behind.csv:1: something stands behind a closing quote
                  Double the quotes inside quotes.
                """
        }

        "everything that is wrong with a file is told together" {
            refused("sentence\tlabel\nno\tbad\n\tgood\n") shouldRead
                """
                wrong.tsv:1: "label" is none of the classes
                  classes = bad  good
                  Add it to the classes of the recipe, or say which columns are meant: where the first line names
                  them, Columns.Named("sentence", "label").

                wrong.tsv:3: there is no text beside the label
                  Write it, or remove the line.
                """
            refused("fine\nno\tbad\n\n") shouldRead
                """
                wrong.tsv:1: the line has too few columns
                  columns = 1
                  needed = 2
                  Between columns stands a tab or, in a .csv file, a comma. Mend the line, or say which columns are meant.

                wrong.tsv:3: the line has too few columns
                  columns = 1
                  needed = 2
                  Between columns stands a tab or, in a .csv file, a comma. Mend the line, or say which columns are meant.
                """
            refused("text\tlabel\nno\tbad", Columns.Named("sentence", "label")) shouldRead
                """
                wrong.tsv:1: there is no column "sentence"
                  columns = text  label
                  Name one of them, or say Columns.Numbered(1, 2) where the first line is an example.
                """
            refused("text\tlabel\n", Columns.Named("text", "label")) shouldRead
                """
                wrong.tsv: there is no example in it
                  Check that this is the file you mean.
                """
        }

        "a file that is not there is told with what should be in it" {
            refusal { read(Path.of("/nowhere/train.tsv")) } shouldRead
                """
                /nowhere/train.tsv: there is no such file
                  It was looked for at /nowhere/train.tsv.
                  Put one there with a text and its class in each line.
                  docs/howto/TASKS.md says where the files of the samples are found.
                """
        }

        val lines = listOf("a b c" to "bad", "a" to "good", "b a" to "good", "c c c c c" to "bad", "b" to "bad")
        val file = folder.text("letters.tsv", lines.joinToString("") { (text, label) -> "$text\t$label\n" })
        val texts = LabelReader.texts(file, columns, classes)
        val words = WordTokenizer.of(texts.map { it.text }, 1)
        val (c, a, b) = listOf(4, 5, 6)

        "texts are padded, and each has one label" {
            val batch = OrderedBatches(LabelledData.ofTexts(texts, words, 9), BatchSize.Sentences(3), 1).batch(0)
            batch.tensor(Batch.IDS).rows() shouldBe listOf(listOf(a, b, c), listOf(a, 1, 1), listOf(b, a, 1))
            batch.tensor(Batch.LENGTHS).values() shouldBe intArrayOf(3, 1, 2)
            batch.tensor(Batch.LABELS).shape() shouldBe intArrayOf(3)
            batch.tensor(Batch.LABELS).values() shouldBe intArrayOf(0, 1, 1)
            batch.labelCount shouldBe 3
            batch.tokens() shouldBe 6
        }

        "of a longer text the beginning is read" {
            val data = LabelledData.ofTexts(texts, words, 2)
            data.changed() shouldBe 2
            OrderedBatches(data, BatchSize.Sentences(1), 1).batch(0).tensor(Batch.IDS).rows() shouldBe
                listOf(listOf(a, b))
        }

        "every text comes once in every epoch, beside others of like length" {
            val many = List(400) { number -> texts[number % texts.size] }
            val data = LabelledData.ofTexts(many, words, 9)
            val batches = EpochBatches(data, Batching.alike(16), 3)
            for (epoch in 0L..2L) {
                val rows = List(batches.count(epoch)) { batches.examples(Position(epoch, it.toLong())).toList() }
                rows.flatten().sorted() shouldBe List(400) { it }
                // Five lengths in order: a batch reaches over few of them, and 25 batches over all once.
                rows.sumOf { row -> row.map(data::length).distinct().size - 1 } shouldBeLessThanOrEqual 4
            }
        }

        "a text that no batch can hold" {
            refusal(folder) { OrderedBatches(LabelledData.ofTexts(texts, words, 9), BatchSize.Tokens(4), 1) } shouldRead
                """
                letters.tsv:4: the text does not fit into a batch
                  it = 5 tokens
                  batch = 4 tokens
                  Make batches of 5 tokens or more, or set a maximum length.
                """
        }

        "the mark of data knows its labels" {
            fun mark(texts: List<LabelledText>) = LabelledData.ofTexts(texts, words, 9).let { it.mark(it, "").digest() }
            val other = texts.map { LabelledText(it.text, 1 - it.label, it.origin) }
            listOf(mark(texts), mark(other), mark(texts.reversed()))
                .groupBy { it }
                .filter { it.value.size > 1 }
                .keys
                .shouldBeEmpty()
            mark(texts) shouldBe mark(texts.toList())
        }
    })
