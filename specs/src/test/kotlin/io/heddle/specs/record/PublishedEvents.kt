package io.heddle.specs.record

import com.google.protobuf.Message
import io.heddle.runtime.record.EventFile.Event
import io.heddle.runtime.record.EventFile.Scalar
import io.kotest.matchers.shouldBe
import java.net.URLClassLoader
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.readBytes
import org.tensorflow.util.EventOrBuilder

/**
 * What TensorFlow's published messages read in a file: the time and the version that it begins with, and its events.
 */
internal data class PublishedEvents(val began: Double, val version: String, val events: List<Event>) {
    companion object {
        /** Reads a file, and sees that the sums of each record are right. */
        fun of(file: Path): PublishedEvents {
            val bytes = ByteBuffer.wrap(file.readBytes()).order(ByteOrder.LITTLE_ENDIAN)
            val read = buildList {
                while (bytes.hasRemaining()) {
                    val length = ByteArray(Long.SIZE_BYTES).also { bytes.get(it) }
                    bytes.int shouldBe masked(length)
                    val event = ByteArray(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).long.toInt())
                    bytes.get(event)
                    bytes.int shouldBe masked(event)
                    add(parse.invoke(null, event))
                }
            }
            val first = read.first()
            return PublishedEvents(
                first["WallTime"] as Double,
                first["FileVersion"] as String,
                read.drop(1).map(::event),
            )
        }
    }
}

/**
 * ND4J has some of these messages in packages of the same names, and not all: those that belong together are taken from
 * their own jar alone.
 */
private val parse by lazy {
    val jars = listOf(EventOrBuilder::class.java, Message::class.java).map { it.protectionDomain.codeSource.location }
    val loader = URLClassLoader(jars.toTypedArray(), ClassLoader.getPlatformClassLoader())
    loader.loadClass("org.tensorflow.util.Event").getMethod("parseFrom", ByteArray::class.java)
}

private fun event(event: Any): Event {
    val values = event["Summary"]["ValueList"] as List<*>
    val scalars = values.map { Scalar(checkNotNull(it)["Tag"] as String, it["SimpleValue"] as Float) }
    return Event(event["WallTime"] as Double, event["Step"] as Long, scalars)
}

private operator fun Any.get(property: String): Any = javaClass.getMethod("get$property").invoke(this)

/** As TensorFlow's `crc32c.h` masks a sum. */
private fun masked(bytes: ByteArray): Int = crc32c(bytes).let { ((it ushr 15) or (it shl 17)) + 0xa282ead8.toInt() }

/** CRC-32C bit by bit: RFC 3720, 12.1, with the polynomial 0x1EDC6F41 turned around. */
private fun crc32c(bytes: ByteArray): Int {
    var rest = -1
    for (byte in bytes) {
        rest = rest xor (byte.toInt() and 0xff)
        repeat(8) { rest = if (rest and 1 == 1) (rest ushr 1) xor 0x82f63b78.toInt() else rest ushr 1 }
    }
    return rest.inv()
}
