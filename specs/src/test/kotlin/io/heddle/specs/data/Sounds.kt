package io.heddle.specs.data

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.createParentDirectories
import kotlin.io.path.writeBytes
import kotlin.math.PI
import kotlin.math.roundToInt
import kotlin.math.sin

/** A WAV file, byte by byte: a header of 44 bytes, then the samples (Multimedia Programming Interface 1.0, 1991). */
internal fun Path.wav(
    name: String,
    samples: List<Int>,
    rate: Int = 8_000,
    channels: Int = 1,
    bits: Int = 16,
    said: Int = samples.size,
): Path {
    val each = bits / 8
    val bytes = ByteBuffer.allocate(44 + samples.size * each).order(ByteOrder.LITTLE_ENDIAN)
    bytes.put("RIFF".toByteArray()).putInt(36 + said * each).put("WAVEfmt ".toByteArray()).putInt(16)
    bytes.putShort(1).putShort(channels.toShort()).putInt(rate).putInt(rate * channels * each)
    bytes.putShort((channels * each).toShort()).putShort(bits.toShort()).put("data".toByteArray()).putInt(said * each)
    samples.forEach { if (each == 2) bytes.putShort(it.toShort()) else bytes.put(it.toByte()) }
    return resolve(name).also { it.createParentDirectories().writeBytes(bytes.array()) }
}

/** A tone of so many samples, half as loud as can be. */
internal fun tone(hertz: Double, count: Int, rate: Int = 8_000): List<Int> =
    List(count) { (16_384 * sin(2 * PI * hertz * it / rate)).roundToInt() }

/** Two tones, one after the other: "high low", or "low high". */
internal fun call(words: String, count: Int, rate: Int = 8_000): List<Int> =
    words.split(" ").flatMap { tone(if (it == "high") 2_000.0 else 400.0, count, rate) }
