package io.heddle.script

import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.script.messages.FileMessages
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
        val refused =
            when {
                !file.exists() -> missing(file)
                file.isDirectory() -> FileMessages.folder(file, descriptions(file))
                !isDescription(file) -> FileMessages.otherEnding(file, SCRIPT, JSON)
                file.fileSize() > LARGEST -> FileMessages.tooLarge(file)
                else -> null
            }
        if (refused != null) throw ProblemsException(refused)
        val text = decode(file)
        if (text.isBlank()) throw ProblemsException(empty(file))
        return text
    }

    private fun decode(file: Path): String {
        try {
            val text = Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString()
            if ('\u0000' !in text) return text.removePrefix("\uFEFF").replace("\r\n", "\n")
        } catch (_: CharacterCodingException) {
            // Told below.
        } catch (unreadable: IOException) {
            throw ProblemsException(FileMessages.unreadable(file, "${unreadable.message}"), unreadable)
        }
        throw ProblemsException(FileMessages.noText(file))
    }

    private fun isDescription(file: Path) = file.name.endsWith(SCRIPT) || file.name.endsWith(JSON)

    private fun missing(file: Path): Problem {
        val names = descriptions(file.toAbsolutePath().parent).map { it.name }
        val near = Nearest.of(file.name, names) ?: names.firstOrNull { it.startsWith(file.name) }
        return FileMessages.missing(file, near, names)
    }

    private fun empty(file: Path) =
        if (file.name.endsWith(JSON)) FileMessages.emptyJson(file) else FileMessages.emptyScript(file)

    private fun descriptions(folder: Path): List<Path> {
        if (!folder.isDirectory()) return emptyList()
        return Files.list(folder).use { all -> all.filter(::isDescription).sorted().toList() }
    }
}
