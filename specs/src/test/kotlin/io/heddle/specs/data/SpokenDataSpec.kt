package io.heddle.specs.data

import io.heddle.dsl.logMel
import io.heddle.dsl.recordings
import io.heddle.recipe.Data
import io.heddle.recipe.SpectrogramScaling
import io.heddle.recipe.Tokenization
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PositionLimit
import io.heddle.runtime.data.RecordingData
import io.heddle.runtime.data.SpokenData
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.sound.Spectrogram
import io.heddle.runtime.sound.SpokenFrames
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.Optional

/** Lists of recordings become batches of letters to read, frames to say, and the frames before them. */
class SpokenDataSpec :
    StringSpec({
        val folder = folder()
        val features = logMel(bands = 4, rate = 8_000, window = 64, hop = 32)
        folder.wav("a.wav", tone(500.0, 200))
        folder.wav("b.wav", tone(900.0, 500))
        val list = folder.text("list.tsv", "a.wav\tab\nb.wav\tb\n")
        val letters = CharacterTokenizer.ofSentences(listOf("ab"))
        val said = recordings("list.tsv", "list.tsv", features, Tokenization.Characters) as Data.Recordings
        val recordings = RecordingData.all(list, RecordingData.list(list), letters, said)
        val data = SpokenData(recordings, 3)

        "each position reads the frames of the one before, the first one zeros" {
            // 5 and 14 frames, three at each position.
            val batch = OrderedBatches(data, BatchSize.Sentences(2), 4).batch(0)
            batch.tensor(Batch.LENGTHS).values() shouldBe intArrayOf(2, 5)
            batch.tensor(Batch.FRAME_COUNTS).values() shouldBe intArrayOf(5, 14)
            listOf(batch.labelCount.toLong(), batch.tokens(), batch.rows().toLong()) shouldBe listOf(19, 7, 2)
            // a and b are 0 and 1, </s> is 4.
            batch.tensor(Batch.SOURCE).rows() shouldBe listOf(listOf(0, 1, 4, 0), listOf(1, 4, 0, 0))
            batch.tensor(Batch.SOURCE_LENGTHS).values() shouldBe intArrayOf(3, 2)
            val (frames, before) = batch.real(Batch.FRAMES) to batch.real(Batch.SPOKEN)
            listOf(frames, before).map { it.shape().toList() } shouldBe List(2) { listOf(2, 8, 12) }
            val (first, second) = recordings.sound(0).values().toList() to recordings.sound(1).values().toList()
            frames.values().take(96) shouldBe first + List(96 - 20) { 0f }
            frames.values().drop(96) shouldBe second + List(96 - 56) { 0f }
            before.values().take(96) shouldBe List(12) { 0f } + first.take(12) + List(96 - 24) { 0f }
            before.values().drop(96) shouldBe List(12) { 0f } + second.take(48) + List(96 - 60) { 0f }
        }

        "a model has positions for all that it reads and says" {
            val (read, spoken) = PositionLimit("text", 2) to PositionLimit("before", 4)
            refusal(folder) { data.requirePositions(Optional.of(read), Optional.of(spoken)) } shouldRead
                """
                list.tsv:1: the source is longer than the model has positions
                  tokens = 3, with its begin or end token
                  positions of text = 2
                  Shorten it or leave it out, or say learnedPositions(3).

                list.tsv:2: the recording is longer than the model can speak
                  positions that it needs = 5
                  positions of before = 4
                  Cut it, or say sinusoidal() in place of learnedPositions(), or a larger reduction.
                """
            refusal(folder) { OrderedBatches(data, BatchSize.Tokens(3), 1) } shouldRead
                """
                list.tsv:2: the recording does not fit into a batch
                  it = 5 positions
                  batch = 3 positions
                  Make batches of 5 positions or more, or leave it out with a smaller maximumSeconds.
                """
        }

        "what is said is heard as loud as it was, where that is known" {
            val heard = Spectrogram(2, floatArrayOf(-1f, 0f, 1f, 2f))
            fun told(scaling: SpectrogramScaling) =
                SpokenFrames.of(logMel(bands = 2, rate = 8_000, scaling = scaling), heard)
            val fixed = told(SpectrogramScaling.Fixed(mean = -8.0, deviation = 3.0))
            fixed.unit() shouldBe SpokenFrames.Unit.LOGARITHMS
            fixed.frames().values().toList().zip(listOf(-11f, -8f, -5f, -2f)) { x, y ->
                x shouldBe (y plusOrMinus 1e-6f)
            }
            told(SpectrogramScaling.PerRecording).unit() shouldBe SpokenFrames.Unit.DEVIATIONS
            told(SpectrogramScaling.None).unit() shouldBe SpokenFrames.Unit.LOGARITHMS
            // Two windows of 200 samples, 80 apart.
            fixed.seconds() shouldBe 280 / 8_000.0
        }
    })
