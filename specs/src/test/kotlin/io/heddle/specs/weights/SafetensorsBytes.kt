package io.heddle.specs.weights

import java.nio.ByteBuffer
import java.nio.ByteOrder

/** The bytes of a safetensors file with this header, however wrong the header is. */
internal fun safetensors(header: String, data: ByteArray = ByteArray(0)): ByteArray {
    val json = header.toByteArray()
    return ByteBuffer.allocate(8 + json.size + data.size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.size.toLong())
        .put(json)
        .put(data)
        .array()
}

/** Bytes in the order that the format stores numbers in. */
internal fun littleEndian(size: Int, fill: ByteBuffer.() -> Unit): ByteArray =
    ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).apply(fill).array()

/** The entry of a tensor, as the header writes it. */
internal fun entry(name: String, type: String, shape: List<Long>, begin: Long, end: Long): String =
    "\"$name\":{\"dtype\":\"$type\",\"shape\":$shape,\"data_offsets\":[$begin,$end]}"
