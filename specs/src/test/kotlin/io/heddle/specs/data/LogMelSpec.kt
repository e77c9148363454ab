package io.heddle.specs.data

import io.heddle.dsl.logMel
import io.heddle.recipe.LogMel
import io.heddle.recipe.MelScale
import io.heddle.recipe.MelScale.Htk
import io.heddle.recipe.MelScale.Slaney
import io.heddle.recipe.SpectrogramScaling
import io.heddle.runtime.sound.LogMelFrontEnd
import io.heddle.runtime.sound.MelFilters
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.ln
import kotlin.math.max
import kotlin.math.min
import kotlin.math.pow
import kotlin.math.sin
import kotlin.math.sqrt
import kotlin.random.Random

/** What is heard of a sound is what the literature calls log-mel features. */
class LogMelSpec :
    StringSpec({
        "the scales are those that librosa's pages show, and HTK's" {
            // librosa.hz_to_mel(60), librosa.hz_to_mel([110, 220, 440]), librosa.mel_to_hz([1, 2, 3, 4, 5])
            mapOf(60.0 to 0.9, 110.0 to 1.65, 220.0 to 3.3, 440.0 to 6.6).forEach { (hertz, mel) ->
                MelFilters.mel(Slaney, hertz) shouldBe (mel plusOrMinus 1e-12)
            }
            listOf(66.667, 133.333, 200.0, 266.667, 333.333).forEachIndexed { at, hertz ->
                MelFilters.hertz(Slaney, at + 1.0) shouldBe (hertz plusOrMinus 1e-3)
            }
            // librosa.mel_frequencies(n_mels=40): from 0 to 11,025 Hertz, some of the forty.
            val highest = MelFilters.mel(Slaney, 11_025.0)
            mapOf(1 to 85.317, 11 to 938.49, 12 to 1024.856, 13 to 1119.114, 20 to 2071.84, 38 to 10_096.408).forEach {
                (at, hertz) ->
                MelFilters.hertz(Slaney, highest * at / 39) shouldBe (hertz plusOrMinus 1e-3)
            }
            // By both, 1,000 Hertz are about 1,000 mel of HTK's.
            MelFilters.mel(Htk, 1_000.0) shouldBe (999.99 plusOrMinus 0.01)
            for (scale in MelScale.entries) for (hertz in listOf(0.0, 440.0, 1_000.0, 7_902.1)) {
                MelFilters.hertz(scale, MelFilters.mel(scale, hertz)) shouldBe (hertz plusOrMinus 1e-9)
            }
        }

        "the filters are librosa's" {
            val filters = MelFilters.of(logMel(bands = 128, rate = 22_050, window = 2_048))
            // librosa.filters.mel(sr=22050, n_fft=2048), as the documentation of the Rust crate mel_filter prints it.
            val first =
                listOf(0.0, 0.016182853208219942, 0.032365706416439884, 0.028990088037379964) +
                    listOf(0.012807234829160026, 0.0)
            val second =
                listOf(0.0, 0.0, 0.0, 0.009779235793639925, 0.025962089001859864, 0.035393705451959974) +
                    listOf(0.01921085224374004, 0.003027999035520103, 0.0)
            first.forEachIndexed { at, weight -> filters.weight(0, at) shouldBe (weight plusOrMinus 1e-15) }
            second.forEachIndexed { at, weight -> filters.weight(1, at) shouldBe (weight plusOrMinus 1e-15) }
        }

        "frames are those of the definition, written out" {
            val samples = FloatArray(500) { (sin(it * 0.3) * 0.4 + sin(it * it * 0.001) * 0.2).toFloat() }
            for (scale in MelScale.entries) {
                val said = LogMel(7, 8_000, 200, 80, 100.0, 3_800.0, scale, SpectrogramScaling.None)
                val heard = LogMelFrontEnd(said).of(samples)
                // (500 - 200) / 80 + 1, rounded down.
                heard.frames() shouldBe 4
                val defined = List(4) { frame -> defined(samples.drop(frame * 80).take(200), said) }.flatten()
                heard.values().forEachIndexed { at, value -> value shouldBe (defined[at].toFloat() plusOrMinus 1e-5f) }
            }
        }

        "the energy of a frame is that of its spectrum" {
            // Parseval: the triangles of HTK's add up to 1 between the first middle and the last.
            val said = LogMel(30, 8_000, 256, 256, 0.0, 4_000.0, Htk, SpectrogramScaling.None)
            val samples = tone(1_500.0, 256).map { it / 32_768f }.toFloatArray()
            val bands = LogMelFrontEnd(said).of(samples).values().sumOf { Math.exp(it.toDouble()) }
            val energy = samples.indices.sumOf { (samples[it] * (1 - cos(2 * PI * it / 256)) / 2).pow(2) }
            // Half of the spectrum of real numbers, 256 of them.
            bands shouldBe (energy * 256 / 2 plusOrMinus energy * 1e-3)
        }

        "a tone is highest in the band around it" {
            val said = LogMel(20, 8_000, 200, 80, 0.0, 4_000.0, Slaney, SpectrogramScaling.None)
            val corners = corners(said)
            for (band in listOf(3, 9, 15)) {
                val heard = LogMelFrontEnd(said).of(tone(corners[band + 1], 1_000).map { it / 32_768f }.toFloatArray())
                heard.values().toList().chunked(20).forEach { frame -> frame.indexOf(frame.max()) shouldBe band }
            }
        }

        "silence is the logarithm of a little, or nothing" {
            val said = LogMel(5, 8_000, 64, 64, 0.0, 4_000.0, Slaney, SpectrogramScaling.None)
            LogMelFrontEnd(said).of(FloatArray(128)).values().toSet() shouldBe setOf(ln(1e-10).toFloat())
            val scaled = said.copy(scaling = SpectrogramScaling.PerRecording)
            LogMelFrontEnd(scaled).of(FloatArray(128)).values().toSet() shouldBe setOf(0f)
        }

        "each band of a recording has mean 0 and deviation 1, however loud it is" {
            val said = logMel(bands = 6, rate = 8_000)
            // A rising tone, and noise: no band is below the floor of the logarithm.
            val noise = Random(1)
            fun sample(at: Int) = (sin(at * at * 1e-4) * 0.3 + noise.nextDouble(-0.1, 0.1)) * (at + 400) / 4_400
            val samples = FloatArray(4_000) { sample(it).toFloat() }
            val heard = LogMelFrontEnd(said).of(samples).values().toList().chunked(6)
            for (band in 0..<6) {
                val mean = heard.sumOf { it[band].toDouble() } / heard.size
                mean shouldBe (0.0 plusOrMinus 1e-6)
                sqrt(heard.sumOf { (it[band] - mean).pow(2) } / heard.size) shouldBe (1.0 plusOrMinus 1e-6)
            }
            val louder = LogMelFrontEnd(said).of(FloatArray(4_000) { samples[it] * 3 }).values().toList()
            heard.flatten().zip(louder).forEach { (one, other) -> other shouldBe (one plusOrMinus 1e-4f) }
        }

        "bands that have no frequency are told" {
            refusal { MelFilters.of(logMel(bands = 128, rate = 8_000, scale = Htk)) } shouldRead
                """
                logMel: bands are narrower than the transform tells apart
                  bands = 128
                  window = 200, transformed as 256
                  first band without a frequency = 0
                  Say fewer bands, a longer window, or a higher lowest.
                """
        }
    })

private fun mel(scale: MelScale, hertz: Double) =
    when {
        scale == Htk -> 2_595 * ln(1 + hertz / 700) / ln(10.0)
        hertz < 1_000 -> 3 * hertz / 200
        else -> 15 + 27 * ln(hertz / 1_000) / ln(6.4)
    }

/** Where the filters begin, are highest and end, in Hertz: found by halving, not by another formula. */
private fun corners(said: LogMel): List<Double> {
    val (low, high) = mel(said.scale, said.lowest) to mel(said.scale, said.highest)
    return List(said.bands + 2) { at ->
        val wanted = low + (high - low) * at / (said.bands + 1)
        var (below, above) = 0.0 to 1e5
        repeat(100) {
            val middle = (below + above) / 2
            if (mel(said.scale, middle) < wanted) below = middle else above = middle
        }
        (below + above) / 2
    }
}

/** A frame by the definition: every frequency a sum over all samples, every triangle two lines. */
private fun defined(frame: List<Float>, said: LogMel): List<Double> {
    val size = 256
    val windowed = frame.mapIndexed { at, x -> x * (1 - cos(2 * PI * at / frame.size)) / 2 }
    val power =
        List(size / 2 + 1) { k ->
            val real = windowed.withIndex().sumOf { (n, x) -> x * cos(2 * PI * k * n / size) }
            val imaginary = windowed.withIndex().sumOf { (n, x) -> x * sin(2 * PI * k * n / size) }
            real * real + imaginary * imaginary
        }
    val corners = corners(said)
    return List(said.bands) { band ->
        val (below, middle, above) = corners.subList(band, band + 3)
        val height = if (said.scale == Slaney) 2 / (above - below) else 1.0
        val energy =
            power.withIndex().sumOf { (k, x) ->
                val hertz = k * said.rate.toDouble() / size
                val triangle = min((hertz - below) / (middle - below), (above - hertz) / (above - middle))
                x * height * max(0.0, triangle)
            }
        ln(max(1e-10, energy))
    }
}
