package io.heddle.specs.data

import io.heddle.check.ProblemsException
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.IntTensor
import io.heddle.runtime.data.text.TextFile
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.TestConfiguration
import io.kotest.engine.spec.tempdir
import java.nio.file.Path
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** What was refused, as the user reads it, with the folder's own path left out. */
internal fun refusal(folder: Path, block: () -> Unit): String =
    shouldThrow<ProblemsException>(block).message.orEmpty().replace("$folder/", "")

internal fun refusal(block: () -> Unit): String = shouldThrow<ProblemsException>(block).message.orEmpty()

internal fun TestConfiguration.folder(): Path = tempdir().toPath()

internal fun Path.text(name: String, content: String): Path = resolve(name).also { it.writeText(content) }

internal fun Path.bytes(name: String, vararg content: Int): Path =
    resolve(name).also { file -> file.writeBytes(content.map { it.toByte() }.toByteArray()) }

internal fun resource(name: String): Path =
    Path.of(requireNotNull(Batch::class.java.getResource("/$name")) { "no resource $name" }.toURI())

internal fun textFile(content: String): TextFile = TextFile("text.txt", content)

/** The rows of a matrix. */
internal fun IntTensor.rows(): List<List<Int>> = values().toList().chunked(size(1))
