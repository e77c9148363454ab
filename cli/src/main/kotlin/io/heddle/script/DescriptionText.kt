package io.heddle.script

import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.isDirectory
import kotlin.io.path.name

/** Reads the text of a description, and tells what keeps a file from being one. */
internal object DescriptionText {
    const val SCRIPT = ".model.kts"
    const val JSON = ".json"
    private const val LARGEST = 64L shl 20

    /** @throws ProblemsException when [file] is not there, no file, no description by its name, empty, or no text */
    fun read(file: Path): String {
        if (!file.exists()) throw wrong(file, "there is no such file", missing(file))
        if (file.isDirectory()) throw wrong(file, "this is a folder, not a file", inside(file))
        if (!isDescription(file)) throw wrong(file, "a description ends in $SCRIPT or $JSON", rename(file))
        if (file.fileSize() > LARGEST)
            throw wrong(file, "this is too large for a description", "Is it the file you meant?")
        val text = decode(file)
        if (text.isBlank()) throw wrong(file, "the file is empty", start(file))
        return text
    }

    private fun decode(file: Path): String {
        try {
            val text = Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString()
            if ('\u0000' !in text) return text.removePrefix("\uFEFF").replace("\r\n", "\n")
        } catch (_: CharacterCodingException) {
            // Told below.
        } catch (unreadable: IOException) {
            throw ProblemsException(Problem("$file", "it cannot be read", "${unreadable.message}"), unreadable)
        }
        throw wrong(file, "this is not text", "A description is UTF-8 text. Is it the file you meant?")
    }

    private fun isDescription(file: Path) = file.name.endsWith(SCRIPT) || file.name.endsWith(JSON)

    private fun missing(file: Path): String {
        val names = descriptions(file.toAbsolutePath().parent).map { it.name }
        val near = Nearest.of(file.name, names) ?: names.firstOrNull { it.startsWith(file.name) }
        if (near != null) return "Did you mean ${file.resolveSibling(near)}?"
        return if (names.isEmpty()) "Its folder holds no description." else "Its folder holds ${names.joinToString()}."
    }

    private fun inside(folder: Path): String {
        val files = descriptions(folder)
        return if (files.isEmpty()) "It holds no description." else "Name one of its files: ${files.joinToString()}."
    }

    private fun rename(file: Path): String {
        val plain = file.name.removeSuffix(".kts").removeSuffix(".kt")
        if (plain != file.name) return "Rename it to ${file.resolveSibling(plain + SCRIPT)}."
        return "A script in Heddle's language is NAME$SCRIPT, and a model that was stored is NAME$JSON."
    }

    private fun start(file: Path) =
        if (file.name.endsWith(JSON)) "heddle json FILE$SCRIPT writes one."
        else "A script may begin: val gpt = model(\"gpt\", width = 128) { ... }"

    private fun descriptions(folder: Path): List<Path> {
        if (!folder.isDirectory()) return emptyList()
        return Files.list(folder).use { all -> all.filter(::isDescription).sorted().toList() }
    }

    private fun wrong(file: Path, title: String, mend: String) = ProblemsException(Problem("$file", title, mend))
}
