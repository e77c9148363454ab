package io.heddle.dsl

import io.heddle.recipe.Data
import io.heddle.recipe.LogMel
import io.heddle.recipe.MelScale
import io.heddle.recipe.SpectrogramScaling
import io.heddle.recipe.Tokenization
import kotlin.jvm.JvmSynthetic

/**
 * Recordings of speech with what is said in them, from a list to learn from and one to measure on: the path of a WAV
 * file, relative to the list, a tab and the text in each line.
 *
 * @param features what a model hears of a recording: `logMel()`
 * @param maximumSeconds longer recordings are left out of training
 * @param maximumLength recordings of which more is said, in tokens, are left out of training
 */
@JvmSynthetic
public fun recordings(
    training: String,
    validation: String,
    features: LogMel = logMel(),
    tokenizer: Tokenization = Tokenization.Characters,
    maximumSeconds: Double = 20.0,
    maximumLength: Int = 256,
): Data = Data.Recordings(training, validation, features, tokenizer, maximumSeconds, maximumLength)

/**
 * Log-mel features of sound with [rate] samples for each second: frames of 25 ms, one every 10 ms, unless [window] and
 * [hop], in samples, say otherwise.
 *
 * @param lowest the frequency at which the first filter begins, in Hertz
 * @param highest the frequency at which the last filter ends, in Hertz
 */
@JvmSynthetic
public fun logMel(
    bands: Int = 80,
    rate: Int = 16_000,
    window: Int = rate / 40,
    hop: Int = rate / 100,
    lowest: Double = 0.0,
    highest: Double = rate / 2.0,
    scale: MelScale = MelScale.Slaney,
    scaling: SpectrogramScaling = SpectrogramScaling.PerRecording,
): LogMel = LogMel(bands, rate, window, hop, lowest, highest, scale, scaling)
