package io.heddle.chart

import java.io.ByteArrayOutputStream
import java.io.DataOutputStream
import java.util.Base64
import java.util.zip.CRC32
import java.util.zip.DeflaterOutputStream
import org.jetbrains.letsPlot.commons.encoding.RGBEncoder

/**
 * Colours of cells as a PNG inside an SVG (ISO/IEC 15948): some bytes a cell, where a rectangle takes a hundred.
 *
 * Each cell becomes a square of pixels, so that what smooths pictures leaves its inside alone.
 */
internal object Pixels : RGBEncoder {
    private const val ENOUGH = 1024
    private const val LARGEST_CELL = 32
    private const val SIGNATURE = 0x89504E470D0A1A0AuL
    private const val BITS = 8
    private const val TRUE_COLOUR_AND_ALPHA = 6
    private const val CHANNELS = 4

    override fun toDataUrl(width: Int, height: Int, argbValues: IntArray): String {
        val cell = (ENOUGH / maxOf(width, height)).coerceIn(1, LARGEST_CELL)
        val bytes = ByteArrayOutputStream()
        val png = DataOutputStream(bytes)
        png.writeLong(SIGNATURE.toLong())
        chunk(png, "IHDR") {
            it.writeInt(width * cell)
            it.writeInt(height * cell)
            it.write(byteArrayOf(BITS.toByte(), TRUE_COLOUR_AND_ALPHA.toByte(), 0, 0, 0))
        }
        chunk(png, "IDAT") { deflated ->
            DataOutputStream(DeflaterOutputStream(deflated)).use { out ->
                repeat(height) { row -> repeat(cell) { out.write(line(argbValues, width, row, cell)) } }
            }
        }
        chunk(png, "IEND") {}
        return "data:image/png;base64,${Base64.getEncoder().encodeToString(bytes.toByteArray())}"
    }

    /** A line of the picture: its filter, none, and red, green, blue and alpha of each pixel. */
    private fun line(argb: IntArray, width: Int, row: Int, cell: Int): ByteArray {
        val line = ByteArrayOutputStream(1 + CHANNELS * width * cell)
        line.write(0)
        repeat(width) { column ->
            val colour = argb[row * width + column].rotateLeft(BITS)
            repeat(cell) { for (at in CHANNELS - 1 downTo 0) line.write(colour ushr (BITS * at)) }
        }
        return line.toByteArray()
    }

    private fun chunk(png: DataOutputStream, type: String, write: (DataOutputStream) -> Unit) {
        val bytes = ByteArrayOutputStream()
        bytes.write(type.toByteArray(Charsets.ISO_8859_1))
        DataOutputStream(bytes).use(write)
        val all = bytes.toByteArray()
        png.writeInt(all.size - CHANNELS)
        png.write(all)
        png.writeInt(CRC32().apply { update(all) }.value.toInt())
    }
}
