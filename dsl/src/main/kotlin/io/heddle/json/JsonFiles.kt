package io.heddle.json

import io.heddle.check.ProblemsException
import io.heddle.messages.JsonMessages
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.file.AccessDeniedException
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
                throw ProblemsException(JsonMessages.noSuchFile().at("$file"), exception)
            } catch (exception: AccessDeniedException) {
                throw ProblemsException(JsonMessages.unreadable("access denied").at("$file"), exception)
            } catch (exception: IOException) {
                throw ProblemsException(JsonMessages.unreadable("${exception.message}").at("$file"), exception)
            }
        return try {
            "${Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes))}"
        } catch (exception: CharacterCodingException) {
            throw ProblemsException(JsonMessages.notText().at("$file"), exception)
        }
    }
}
