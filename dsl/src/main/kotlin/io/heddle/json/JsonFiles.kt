package io.heddle.json

import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path

/** Reads the text of a file, or tells why not. */
internal object JsonFiles {
    fun text(file: Path): String {
        val bytes =
            try {
                Files.readAllBytes(file)
            } catch (exception: NoSuchFileException) {
                throw ProblemsException(
                    Problem("$file", "there is no such file", "Check the name and the folder."),
                    exception,
                )
            } catch (exception: IOException) {
                throw ProblemsException(Problem("$file", "the file cannot be read", "${exception.message}"), exception)
            }
        return try {
            "${Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes))}"
        } catch (exception: CharacterCodingException) {
            throw ProblemsException(
                Problem("$file", "this is not UTF-8 text", "A JSON document is expected: { ... }"),
                exception,
            )
        }
    }
}
