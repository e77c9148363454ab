package io.heddle.script

import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.Properties
import kotlin.io.path.isDirectory
import kotlin.io.path.isRegularFile

/**
 * What a compiled script depends on, as one word: its name and text, the language's own classes, the compiler, and the
 * JDK.
 */
internal object ScriptKey {
    private val compiler: String by lazy {
        val versions = Properties()
        ScriptKey::class.java.getResourceAsStream("/io/heddle/cli/version.properties").use { versions.load(it) }
        versions.getProperty("compiler")
    }

    fun of(name: String, text: String, language: List<Path>): String {
        val digest = MessageDigest.getInstance("SHA-256")
        fun word(bytes: ByteArray) {
            digest.update("${bytes.size}:".encodeToByteArray())
            digest.update(bytes)
        }
        listOf(name, text, compiler, "${Runtime.version().feature()}").forEach { word(it.encodeToByteArray()) }
        language.forEach { place -> files(place).forEach { word(content(it)) } }
        return digest.digest().toHexString()
    }

    private fun files(place: Path): List<Path> =
        if (!place.isDirectory()) listOf(place)
        else Files.walk(place).use { all -> all.filter { it.isRegularFile() }.sorted().toList() }

    private fun content(file: Path): ByteArray = Files.newInputStream(file).use(InputStream::readAllBytes)
}
