package io.heddle.specs.data

import io.heddle.dsl.logMel
import io.heddle.dsl.recordings
import io.heddle.recipe.Data
import io.heddle.recipe.LogMel
import io.heddle.recipe.Tokenization
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PositionLimit
import io.heddle.runtime.data.RecordingData
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.runtime.sound.LogMelFrontEnd
import io.heddle.runtime.sound.SoundFile
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.util.Optional
import kotlin.io.path.readBytes

/** Lists of recordings become batches of frames and letters. */
class RecordingDataSpec :
    StringSpec({
        val folder = folder()
        val features = logMel(bands = 4, rate = 8_000, window = 64, hop = 32)
        folder.wav("sounds/a.wav", tone(500.0, 200))
        folder.wav("sounds/b.wav", tone(900.0, 500))
        val list = folder.text("list.tsv", "sounds/a.wav\tab\nsounds/b.wav\tb\n")
        val letters = CharacterTokenizer.ofSentences(listOf("ab"))

        fun said(seconds: Double = 20.0, length: Int = 256, heard: LogMel = features): Data.Recordings =
            recordings("list.tsv", "list.tsv", heard, Tokenization.Characters, seconds, length) as Data.Recordings

        fun read(said: Data.Recordings = said(), tokenizer: Tokenizer = letters): RecordingData =
            RecordingData.all(list, RecordingData.list(list), tokenizer, said)

        "samples are those of the file, between -1 and 1" {
            val file = folder.wav("samples.wav", listOf(0, 16_384, -32_768, 32_767))
            SoundFile.read(file, 8_000) shouldBe floatArrayOf(0f, 0.5f, -1f, 32_767 / 32_768f)
        }

        "frames and letters stand in rows, padded" {
            val batch = OrderedBatches(read(), BatchSize.Sentences(2), 8).batch(0)
            // (200 - 64) / 32 + 1 and (500 - 64) / 32 + 1 frames, rounded down; the longer one up to a multiple of 8.
            batch.tensor(Batch.SOUND_LENGTHS).values() shouldBe intArrayOf(5, 14)
            batch.real(Batch.SOUND).shape() shouldBe intArrayOf(2, 16, 4)
            val heard = LogMelFrontEnd(features).of(SoundFile.read(folder.resolve("sounds/a.wav"), 8_000)).values()
            batch.real(Batch.SOUND).values().take(16 * 4) shouldBe heard.toList() + List(11 * 4) { 0f }
            // a and b are 0 and 1, <pad> <s> </s> 2, 3 and 4.
            batch.tensor(Batch.TARGET).rows() shouldBe listOf(listOf(3, 0, 1, 2), listOf(3, 1, 2, 2))
            batch.tensor(Batch.LABELS).rows() shouldBe listOf(listOf(0, 1, 4, -1), listOf(1, 4, -1, -1))
            batch.tensor(Batch.TARGET_LENGTHS).values() shouldBe intArrayOf(3, 2)
            listOf(batch.labelCount.toLong(), batch.tokens()) shouldBe listOf(5, 5)
        }

        "what is too long is not learned from" {
            fun left(said: Data.Recordings) = RecordingData.notTooLong(list, RecordingData.list(list), letters, said)
            listOf(left(said()).size(), left(said(seconds = 0.05)).size(), left(said(length = 1)).size()) shouldBe
                listOf(2, 1, 1)
            left(said(length = 1)).let { listOf(it.text(0), it.leftOut(), it.frames()) } shouldBe listOf("b", 1, 14L)
            refusal(folder) { left(said(seconds = 0.05, length = 1)) } shouldRead
                """
                list.tsv: no recording is left to learn from
                  left out = 2
                  maximumSeconds = 0.05
                  maximumLength = 1 token
                  Raise the one that they are longer than.
                """
        }

        "what cannot be heard is told all at once" {
            folder.text("text.wav", "no sound")
            folder.wav("stereo.wav", tone(500.0, 200), rate = 16_000, channels = 2)
            folder.wav("cut.wav", tone(500.0, 200), said = 300)
            folder.wav("short.wav", tone(500.0, 63))
            val wrong =
                folder.text(
                    "wrong.tsv",
                    listOf("none", "text", "stereo", "cut", "short").joinToString("") { "$it.wav\ta\n" },
                )
            refusal(folder) { RecordingData.all(wrong, RecordingData.list(wrong), letters, said()) } shouldRead
                """
                wrong.tsv: recordings of the list are not there
                  missing = 1 of 5
                  the first of them = none.wav
                  Paths are relative to the list. docs/howto/SPEECH.md says where the recordings of the sample are found.

                text.wav: the file is no recording that can be read
                  Make a WAV file of it: ffmpeg -i FILE -ac 1 -c:a pcm_s16le FILE.wav.

                stereo.wav: the recording is of another format than the model hears
                  it has = PCM_SIGNED 16000.0 Hz, 16 bit, stereo, 4 bytes/frame, little-endian
                  the model hears = one channel of 16 bits, 8000 samples a second
                  Make such a one of it: ffmpeg -i FILE -ac 1 -ar 8000 -c:a pcm_s16le FILE.wav.
                  Or say its rate in logMel(rate = ...), where all recordings have the same.

                cut.wav: the recording is cut off
                  samples that it says = 300
                  samples = 200
                  Fetch it again.

                short.wav: the recording is shorter than a frame
                  samples = 63
                  window = 64
                  Leave it out, or say a shorter window in logMel(window = ...).
                """
        }

        "what cannot be written is told" {
            val spaces = folder.text("spaces.tsv", "sounds/a.wav\tx\u2003\n")
            val words = WordTokenizer.of(listOf("x"), 1)
            refusal(folder) { RecordingData.all(spaces, RecordingData.list(spaces), letters, said()) }
                .lines()
                .first() shouldBe "spaces.tsv:1:14: 'x' (U+0078) is not in the vocabulary"
            RecordingData.all(spaces, RecordingData.list(spaces), words, said()).size() shouldBe 1
            val nothing = folder.text("nothing.tsv", "sounds/a.wav\t\u00a0\n")
            refusal(folder) { RecordingData.all(nothing, RecordingData.list(nothing), words, said()) } shouldRead
                """
                nothing.tsv:1: the tokenizer makes no token of what is said
                  Remove the line, or choose another tokenizer.
                """
            refusal { read(tokenizer = CharacterTokenizer.of("ab")) }.lines().first() shouldBe
                "tokenizer: the target tokenizer has no begin token"
        }

        "a model has positions for all that it hears and writes" {
            val (heard, written) = PositionLimit("sound", 6) to PositionLimit("text", 2)
            refusal(folder) {
                read().requirePositions(Optional.of(heard), { (it + 1) / 2 }, Optional.of(written))
            } shouldRead
                """
                list.tsv:1: the target is longer than the model has positions
                  tokens = 3, with its begin or end token
                  positions of text = 2
                  Shorten it or leave it out, or say learnedPositions(3).

                list.tsv:2: the recording is longer than the model has positions
                  positions that it needs = 7
                  positions of sound = 6
                  Cut it, or say sinusoidal() in place of learnedPositions().
                """
        }

        "a recording fits into a batch of frames" {
            refusal(folder) { OrderedBatches(read(), BatchSize.Tokens(12), 1) } shouldRead
                """
                list.tsv:2: the recording does not fit into a batch
                  it = 14 frames
                  batch = 12 frames
                  Make batches of 14 frames or more, or leave it out with a smaller maximumSeconds.
                """
        }

        "the mark of data knows every sample and every letter" {
            fun mark(lines: String): String {
                val other = folder.text("other.tsv", lines)
                val data = RecordingData.all(other, RecordingData.list(other), letters, said())
                return data.mark(data, "").digest()
            }
            val marks = listOf("sounds/a.wav\tab", "sounds/a.wav\tb", "sounds/b.wav\tab").map { mark(it) }
            marks.toSet().size shouldBe 3
            mark("sounds/a.wav\tab") shouldBe marks.first()
            val file = folder.resolve("sounds/a.wav")
            folder.bytes("sounds/a.wav", *file.readBytes().also { it[101] = 9 }.map { it.toInt() }.toIntArray())
            mark("sounds/a.wav\tab") shouldNotBe marks.first()
        }
    })
