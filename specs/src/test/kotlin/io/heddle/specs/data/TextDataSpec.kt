package io.heddle.specs.data

import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.OrderedWindows
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.RandomWindows
import io.heddle.runtime.data.TextData
import io.heddle.runtime.data.TokenStream
import io.heddle.runtime.data.text.TextFile
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import java.nio.file.Path

private fun TokenStream.ids(): List<Int> = List(length()) { id(it) }

private fun RandomWindows.run(from: Position, steps: Int): List<Batch> =
    generateSequence(from) { after(it) }.take(steps).map { batch(it) }.toList()

class TextDataSpec :
    StringSpec({
        val text = (0 until 1000).joinToString("") { "abcdefghij"[it % 10].toString() }
        val tokenizer = CharacterTokenizer.of(text)
        val data = TextData.split(listOf(textFile(text)), tokenizer, 0.9)

        "the first nine tenths of the characters train and the rest validates" {
            data.training.length() shouldBe 900
            data.validation.length() shouldBe 100
            val smileys = "😀😃😄😁😆😅🤣😂🙂🙃"
            val cut = TextData.split(listOf(textFile(smileys)), CharacterTokenizer.of(smileys), 0.5)
            cut.training.length() shouldBe 5
            cut.validation.length() shouldBe 5
        }

        "several files are one text, cut once" {
            val files = listOf(TextFile("one.txt", "abcdef"), TextFile("two.txt", "ghij"))
            val cut = TextData.split(files, tokenizer, 0.8)
            cut.training.ids() shouldBe tokenizer.encode("abcdefgh").toList()
            cut.validation.ids() shouldBe tokenizer.encode("ij").toList()
        }

        "a problem behind the cut is told at its place in the file" {
            val file = TextFile("play.txt", "abc\nabc\nab?\n")
            refusal { TextData.split(listOf(file), CharacterTokenizer.of("abc\n"), 0.5) }.lines().first() shouldBe
                "play.txt:3:3: '?' (U+003F) is not in the vocabulary"
        }

        "a window's labels are the tokens one further on" {
            checkAll(50, Arb.int(1..9), Arb.int(1..40), Arb.long()) { batchSize, context, seed ->
                val batch = RandomWindows(data.training, batchSize, context, seed, "training").batch(Position.START)
                val ids = data.training.ids()
                val windows = ids.windowed(context + 1)
                batch.tensor(Batch.IDS).shape() shouldBe intArrayOf(batchSize, context)
                batch.tensor(Batch.LENGTHS).values() shouldBe IntArray(batchSize) { context }
                batch.labelCount shouldBe batchSize * context
                batch.tensor(Batch.IDS).rows().zip(batch.tensor(Batch.LABELS).rows()).forAll { (read, labels) ->
                    (read + labels.last()) shouldBeIn windows
                    read.drop(1) shouldBe labels.dropLast(1)
                }
            }
        }

        "every place of the text can begin a window, the last one too" {
            val short = TextData.split(listOf(textFile("abcdefgh")), tokenizer, 1.0).training
            val firsts =
                RandomWindows(short, 500, 4, 1, "training").batch(Position.START).tensor(Batch.IDS).rows().map { it[0] }
            firsts.toSet() shouldBe setOf(0, 1, 2, 3)
        }

        "a resumed run reads the batches of an uninterrupted one" {
            checkAll(20, Arb.long(), Arb.int(1..30)) { seed, stop ->
                val whole = RandomWindows(data.training, 4, 8, seed, "training").run(Position.START, 40)
                val resumed = RandomWindows(data.training, 4, 8, seed, "training")
                val position = generateSequence(Position.START) { resumed.after(it) }.elementAt(stop)
                resumed.run(position, 40 - stop) shouldBe whole.drop(stop)
            }
        }

        "seeds, purposes and positions draw differently" {
            val first = RandomWindows(data.training, 4, 8, 1, "training").batch(Position.START)
            RandomWindows(data.training, 4, 8, 2, "training").batch(Position.START) shouldNotBe first
            RandomWindows(data.training, 4, 8, 1, "estimate").batch(Position.START) shouldNotBe first
            RandomWindows(data.training, 4, 8, 1, "training").batch(Position(0, 1)) shouldNotBe first
        }

        "an estimate has its number of batches, others for every evaluation, the same when asked again" {
            val windows = RandomWindows(data.validation, 4, 8, 7, "estimate")
            val sample = windows.sample(3, 20).toList()
            sample.size shouldBe 20
            windows.sample(3, 20).toList() shouldBe sample
            (windows.sample(4, 20).toList() == sample) shouldBe false
        }

        "windows in order hold every token but the first as a label, once" {
            checkAll(Arb.int(2..300), Arb.int(1..7), Arb.int(1..50)) { length, batchSize, context ->
                val stream = TextData.split(listOf(textFile(text.take(length))), tokenizer, 1.0).training
                val batches = OrderedWindows(stream, batchSize, context)
                val labels = batches.flatMap { it.tensor(Batch.LABELS).values().toList() }
                labels.filter { it != Batch.IGNORED_LABEL } shouldBe stream.ids().drop(1)
                batches.sumOf { it.labelCount } shouldBe length - 1
                batches.sumOf { it.tensor(Batch.LENGTHS).values().sum() } shouldBe length - 1
            }
        }

        "tiny Shakespeare has nanoGPT's numbers" {
            val play = TextFile.read(Path.of("..", "samples", "data", "tinyshakespeare.txt"))
            val characters = CharacterTokenizer.of(play.text)
            val parts = TextData.split(listOf(play), characters, 0.9)
            characters.vocabularySize() shouldBe 65
            parts.training.length() shouldBe 1_003_854
            parts.validation.length() shouldBe 111_540
            characters.encode("First Citizen") shouldBe intArrayOf(18, 47, 56, 57, 58, 1, 15, 47, 58, 47, 64, 43, 52)
        }

        "windows begin everywhere alike" {
            val starts = RandomWindows(data.training, 9_000, 1, 5, "training").batch(Position.START)
            val counts = starts.tensor(Batch.IDS).values().groupBy { it }.mapValues { it.value.size.toDouble() }
            counts.keys shouldBe (0..9).toSet()
            counts.values.forAll { it shouldBe (900.0 plusOrMinus 150.0) }
        }

        "a text shorter than a window is refused" {
            val file = TextFile("poem.txt", "abcdefghij")
            val short = TextData.split(listOf(file), tokenizer, 0.8)
            refusal { RandomWindows(short.validation, 4, 64, 1, "estimate") } shouldBe
                """
                poem.txt: the validation part is too short
                  tokens there = 2
                  tokens needed = 65   from a context of 64 and the token after it
                  Give more text, a larger share of it for validation, or a shorter context.
                """
                    .trimIndent()
        }

        "a text of one token has nothing to predict" {
            val short = TextData.split(listOf(TextFile("poem.txt", "abcdefghij")), tokenizer, 0.9)
            refusal { OrderedWindows(short.validation, 1, 4) } shouldBe
                """
                poem.txt: the validation part is too short
                  tokens there = 1
                  tokens needed = 2   from one token to read and one to predict
                  Give more text, a larger share of it for validation, or a shorter context.
                """
                    .trimIndent()
        }

        "tokens outside the model's vocabulary are refused" {
            val file = TextFile("play.txt", "abc\nabd\nabe\n")
            val parts = TextData.split(listOf(file), CharacterTokenizer.of(file.text), 0.9)
            parts.requireVocabulary(6)
            refusal { parts.requireVocabulary(4) } shouldBe
                """
                play.txt:2: token 4 is outside the model's vocabulary
                  vocabulary = 4 tokens
                  largest token = 4
                  tokens outside = 1
                  Give the model tokens(vocab = 5), or use the tokenizer it was made for.

                play.txt:3: token 5 is outside the model's vocabulary
                  vocabulary = 4 tokens
                  largest token = 5
                  tokens outside = 1
                  Give the model tokens(vocab = 6), or use the tokenizer it was made for.
                """
                    .trimIndent()
        }

        "a fraction and sizes that mean nothing are refused" {
            refusal { TextData.split(listOf(textFile(text)), tokenizer, 1.5) } shouldBe
                """
                data: the fraction to train on is 1.5
                  Give a number above 0 and at most 1: 0.9 trains on the first nine tenths.
                """
                    .trimIndent()
            refusal { RandomWindows(data.training, -1, 8, 1, "training") } shouldBe
                "data: the batch size is -1\n  Give a number from 1 on."
        }
    })
