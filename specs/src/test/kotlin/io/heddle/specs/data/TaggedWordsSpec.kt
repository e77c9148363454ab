package io.heddle.specs.data

import io.heddle.recipe.Columns
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.LabelReader
import io.heddle.runtime.data.LabelledData
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PositionLimit
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path

/** Files of words with a tag each become batches of sentences. */
class TaggedWordsSpec :
    StringSpec({
        val folder = folder()
        val tags = listOf("DET", "NOUN", "VERB")

        fun read(text: String, columns: Columns.Numbered = Columns.Numbered(1, 2), name: String = "words.tsv") =
            LabelReader.sentences(folder.text(name, text), columns, tags)

        fun told(text: String, columns: Columns.Numbered = Columns.Numbered(1, 2)) =
            read(text, columns).map { sentence -> sentence.map { it.text to tags[it.label] } }

        "a word, a tab and its tag stand in a line, and a line without a word ends a sentence" {
            told("the\tDET\ndog\tNOUN\n\n\nruns\tVERB\n\t\n") shouldBe
                listOf(listOf("the" to "DET", "dog" to "NOUN"), listOf("runs" to "VERB"))
        }

        "CoNLL-U is read by its second and fourth column" {
            // The format, with a word of two, as universaldependencies.org/format.html shows it.
            val text =
                "# text = vamonos al mar\n1-2\tvamonos\t_\t_\n1\tvamos\tir\tVERB\n2\tnos\tnosotros\tNOUN\n" +
                    "3-4\tal\t_\t_\n3\ta\ta\tDET\n4\tel\tel\tDET\n5\tmar\tmar\tNOUN\n\n"
            told(text, Columns.Numbered(2, 4)) shouldBe
                listOf(listOf("vamos" to "VERB", "nos" to "NOUN", "a" to "DET", "el" to "DET", "mar" to "NOUN"))
        }

        "a word may begin with a number sign" { told("#dogs\tNOUN\n") shouldBe listOf(listOf("#dogs" to "NOUN")) }

        "what is wrong is told with its line" {
            refusal(folder) { read("the\tDET\ndog\tNN\n\nruns\n") } shouldRead
                """
                words.tsv:2: "NN" is none of the tags
                  tags = DET  NOUN  VERB
                  Add it to the tags of the recipe, or say which columns are meant: where the first line names
                  them, Columns.Named("sentence", "label").

                words.tsv:4: the line has too few columns
                  columns = 1
                  needed = 2
                  Between columns stands a tab or, in a .csv file, a comma. Mend the line, or say which columns are meant.
                """
            refusal(folder) { read("# nothing\n\n") } shouldRead
                """
                words.tsv: there is no example in it
                  Check that this is the file you mean.
                """
            refusal { LabelReader.sentences(Path.of("/nowhere/a"), Columns.Numbered(1, 2), tags) } shouldRead
                """
                /nowhere/a: there is no such file
                  It was looked for at /nowhere/a.
                  Put one there with a word and its tag in each line, and an empty line behind each sentence.
                  docs/howto/TASKS.md says where the files of the samples are found.
                """
        }

        val sentences = read("the\tDET\ndog\tNOUN\n\nruns\tVERB\n", name = "dog.tsv")

        "each word has a tag, and padding none" {
            val words = WordTokenizer.of(sentences.flatten().map { it.text }, 1)
            val data = LabelledData.ofSentences(sentences, words, 9)
            val batch = OrderedBatches(data, BatchSize.Sentences(2), 4).batch(0)
            batch.tensor(Batch.LENGTHS).values() shouldBe intArrayOf(2, 1)
            batch.tensor(Batch.LABELS).rows() shouldBe listOf(listOf(0, 1, -1, -1), listOf(2, -1, -1, -1))
            batch.labelCount shouldBe 3
            data.labels() shouldBe 3
        }

        "of a word of several tokens the first has the tag" {
            val letters = CharacterTokenizer.ofSentences(sentences.flatten().map { it.text })
            val data = LabelledData.ofSentences(sentences, letters, 9)
            OrderedBatches(data, BatchSize.Sentences(1), 1).batch(0).tensor(Batch.LABELS).rows() shouldBe
                listOf(listOf(0, -1, -1, 1, -1, -1))
        }

        "longer sentences are left out, and one must be left" {
            val words = WordTokenizer.of(sentences.flatten().map { it.text }, 1)
            LabelledData.ofSentences(sentences, words, 1).let { it.size() to it.changed() } shouldBe (1 to 1)
            refusal(folder) { LabelledData.ofSentences(sentences.take(1), words, 1) } shouldRead
                """
                dog.tsv: no sentence is left to read
                  maximumLength = 1 token
                  Raise maximumLength.
                """
            refusal(folder) {
                LabelledData.ofSentences(sentences, words, 9).requirePositions(PositionLimit("text", 1))
            } shouldRead
                """
                dog.tsv:1: the sentence is longer than the model has positions
                  tokens = 2
                  positions of text = 1
                  Say learnedPositions(2), or take it out of the held-out sentences.
                """
        }

        "a word that a tokenizer makes nothing of" {
            val nothing = "\u200b"
            val tokenizer = Tokenizer.load(emptyTokenizer(folder))
            refusal(folder) {
                LabelledData.ofSentences(read("$nothing\tDET\n", name = "none.tsv"), tokenizer, 9)
            } shouldRead
                """
                none.tsv:1: the tokenizer makes no token of the text
                  Remove the line, or choose another tokenizer.
                """
        }
    })

/** A tokenizer of Hugging Face's that knows one word, and takes away the others' characters. */
private fun emptyTokenizer(folder: Path): Path =
    folder.text(
        "tokenizer.json",
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": {"type": "Replace", "pattern": {"String": "\u200b"}, "content": ""},
         "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "vocab": {"a": 0, "[UNK]": 1}, "unk_token": "[UNK]"}}
        """,
    )
