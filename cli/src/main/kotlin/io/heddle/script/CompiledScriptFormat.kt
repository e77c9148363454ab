package io.heddle.script

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.IOException
import java.security.MessageDigest

/**
 * A [CompiledScript] as bytes: the SHA-256 of what follows, then main class, warnings, and classes, each with its
 * length.
 */
internal object CompiledScriptFormat {
    private const val DIGEST_BYTES = 32

    fun write(script: CompiledScript): ByteArray {
        val body = ByteArrayOutputStream()
        DataOutputStream(body).run {
            block(script.mainClass.encodeToByteArray())
            writeInt(script.warnings.size)
            script.warnings.forEach { block(it.encodeToByteArray()) }
            writeInt(script.classes.size)
            script.classes.forEach { (name, bytes) ->
                block(name.encodeToByteArray())
                block(bytes)
            }
        }
        return digest(body.toByteArray()) + body.toByteArray()
    }

    /** @throws IOException when [bytes] are not what [write] wrote, to the last bit */
    fun read(bytes: ByteArray): CompiledScript {
        if (bytes.size < DIGEST_BYTES) throw IOException("${bytes.size} bytes are too few for a compiled script")
        val body = bytes.copyOfRange(DIGEST_BYTES, bytes.size)
        if (!digest(body).contentEquals(bytes.copyOf(DIGEST_BYTES))) throw IOException("a compiled script is damaged")
        return DataInputStream(ByteArrayInputStream(body)).run {
            val mainClass = block().decodeToString()
            val warnings = List(readInt()) { block().decodeToString() }
            CompiledScript(mainClass, (1..readInt()).associate { block().decodeToString() to block() }, warnings)
        }
    }

    private fun digest(bytes: ByteArray) = MessageDigest.getInstance("SHA-256").digest(bytes)

    private fun DataOutputStream.block(bytes: ByteArray) {
        writeInt(bytes.size)
        write(bytes)
    }

    private fun DataInputStream.block(): ByteArray = readNBytes(readInt())
}
