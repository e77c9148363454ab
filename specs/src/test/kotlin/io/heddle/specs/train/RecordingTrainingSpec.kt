package io.heddle.specs.train

import io.heddle.dsl.logMel
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.recordings
import io.heddle.lowering.Purpose
import io.heddle.recipe.AdamW
import io.heddle.recipe.Data
import io.heddle.recipe.Decoding
import io.heddle.recipe.Recipe
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.sound.LogMelFrontEnd
import io.heddle.runtime.sound.Spectrogram
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.data.RecordingTask
import io.heddle.specs.data.call
import io.heddle.specs.data.wav
import io.heddle.specs.support.digest
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.writeText

private class Gone : RuntimeException()

private class GoneAfter(private val step: Long) : TrainingListener by Quiet {
    override fun step(report: TrainingListener.StepReport) {
        if (report.step() == step) throw Gone()
    }
}

/** What is said in recordings is learned, and written by greedy search, beam search and side by side alike. */
class RecordingTrainingSpec :
    FunSpec({
        val base = tempdir().toPath()
        // No word alone: where one tone never changes, what each band has in every frame is 0.
        val said = listOf("high low", "low high", "high low high", "low high low")

        /** Recordings of every word, each a little slower than the one before. */
        fun list(name: String, slowest: IntRange) {
            val lines =
                slowest.flatMap { slow ->
                    said.map { words ->
                        val file = "$name/${words.replace(' ', '-')}-$slow.wav"
                        base.wav(file, call(words, 700 + 90 * slow))
                        "$file\t$words"
                    }
                }
            base.resolve("$name.tsv").writeText(lines.joinToString("\n"))
        }
        list("learned", 0..3)
        list("held", 1..2)

        val features = logMel(bands = 12, rate = 8_000)
        val spoken = recordings("learned.tsv", "held.tsv", features)

        val listener =
            model("listener", width = 24) {
                layout = PreNorm
                val sound by
                    frames(features = 12) {
                        convolve(channels = 24, kernel = 4, stride = 2)
                        convolve(channels = 24, kernel = 3, stride = 3)
                        sinusoidal()
                    }
                val text by tokens(vocab = 12) { sinusoidal() }
                val encoder by
                    stack(sound, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
                check(next.name == "next")
            }

        fun training(steps: Int): Recipe =
            recipe(spoken, steps = steps) {
                batch(8)
                optimizer = AdamW(learningRate = 5e-3)
                clip(1.0)
                evaluate(every = 80)
                checkpoint(every = 3)
                wordErrorRate()
                characterErrorRate()
                exactMatch()
            }

        val trained = tempdir().toPath()
        val outcome by lazy { train(listener, training(160), base, trained, engine = Engine.cpu(1)) }

        test("all held-out recordings are written as they are said") {
            val last = outcome.last().get()
            last.measure(Measure.EXACT_MATCH).asDouble shouldBe 100.0
            last.measure(Measure.WORD_ERROR_RATE).asDouble shouldBe 0.0
            last.measure(Measure.CHARACTER_ERROR_RATE).asDouble shouldBe 0.0
        }

        test("decoding gives the words that the whole model gives, side by side and alone, greedy and by a search") {
            outcome
            Engine.portable(Precision.FLOAT).use { engine ->
                val checkpoint = Checkpoint.open(trained)
                val runnable = RunnableModel.blank(checkpoint.model(), engine)
                checkpoint.loadWeights(runnable.weights())
                val written = checkpoint.tokenizers().written()
                val data =
                    RecordingTask.read(
                        spoken as Data.Recordings,
                        base.resolve("held.tsv"),
                        written,
                        ModelRoles.of(listener),
                    )
                val sounds = List(data.size()) { data.sound(it) }
                val begin = written.specialIds().begin().asInt
                fun heard(decoding: Decoding, sounds: List<Spectrogram>) =
                    Generator.of(runnable, decoding, written, 0).hearing(sounds, begin, 20).map { it.ids().toList() }
                val together = heard(Decoding.Greedy, sounds)
                together.map { written.decode(it.toIntArray()) } shouldBe List(data.size()) { data.text(it) }
                sounds.take(4).map { heard(Decoding.Greedy, listOf(it)).single() } shouldBe together.take(4)
                heard(Decoding.Beam(2), sounds.take(2)) shouldBe together.take(2)
                sounds.take(4).map { likeliest(runnable, it, begin, written) } shouldBe together.take(4)
            }
        }

        test("a training that was killed goes on to the same losses and weights, bit for bit").config(
            tags = setOf(NamedTag("Long"))
        ) {
            val whole = tempdir().toPath()
            train(listener, training(6), base, whole, engine = Engine.cpu(1))
            val killed = tempdir().toPath()
            shouldThrow<Gone> {
                train(listener, training(6), base, killed, listener = GoneAfter(5), engine = Engine.cpu(1))
            }
            train(listener, training(6), base, killed, engine = Engine.cpu(1))
            losses(killed) shouldBe losses(whole)
            fun weights(run: Path) = Checkpoint.open(run).folder().resolve("weights.safetensors").digest()
            weights(killed) shouldBe weights(whole)
        }

        test("a frame that is padding changes nothing") {
            Engine.portable(Precision.DOUBLE).use { engine ->
                val runnable = RunnableModel.initialized(listener, engine, 3)
                val sound = LogMelFrontEnd(features).of(FloatArray(2_400) { ((it * it) % 201 - 100) / 100f })
                val ids = intArrayOf(3, 1, 4)
                val alone = logits(runnable, sound, sound.frames(), ids)
                val padded = logits(runnable, sound, sound.frames() + 9, ids)
                padded.zip(alone).maxOf { (one, other) -> kotlin.math.abs(one - other) } shouldBe 0.0
            }
        }
    })

/** The scores of every next token, by the graph of the whole model; frames behind the sound are noise. */
private fun logits(model: RunnableModel, sound: Spectrogram, frames: Int, ids: IntArray): List<Double> {
    val program =
        model
            .executable(Purpose.Inference)
            .bind(mapOf("batch" to 1L, "sound" to frames.toLong(), "text" to ids.size.toLong()))
    val noise = FloatArray((frames - sound.frames()) * sound.bands()) { it + 1f }
    program.setInput("sound", sound.values() + noise)
    program.setInput("sound/lengths", intArrayOf(sound.frames()))
    program.setInput("text", ids)
    program.setInput("text/lengths", intArrayOf(ids.size))
    program.run()
    return program.output("next").reshape(-1L).toDoubleVector().toList()
}

/** What the whole model would write, read anew for each token. */
private fun likeliest(model: RunnableModel, sound: Spectrogram, begin: Int, written: Tokenizer): List<Int> {
    val end = written.specialIds().end().asInt
    val ids = mutableListOf(begin)
    while (ids.last() != end && ids.size <= 20) {
        val scores = logits(model, sound, sound.frames(), ids.toIntArray())
        val last = scores.takeLast(scores.size / ids.size).take(written.vocabularySize())
        ids += last.indexOf(last.max())
    }
    return ids
}
