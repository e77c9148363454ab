package io.heddle.specs.support

import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.readText

private val template = Regex("\\$\\{[^}]*}|\\$\\w+|\\\\n")
private val literal = Regex("\"((?:[^\"\\\\]|\\\\.)*)\"")
private val seam = Regex("\"\\s*\\+\\s*\"")
private val escape = Regex("\\\\(.)")

/** What a spec tells, as one who reads it sees it: without the seams of what is written in several pieces. */
internal fun Path.told(): String = readText().replace(seam, "").replace("\\\"", "\"")

/** What stands in quotes in a source file, cut where a message says what it is about. */
internal fun Path.pieces(): List<String> =
    readText()
        .lines()
        .filterNot { it.trim().startsWith("*") || it.trim().startsWith("/") || it.startsWith("import") }
        .flatMap { line -> literal.findAll(line).map { it.groupValues[1] } }
        .flatMap { it.split(if (extension == "kt") template else Regex("%[,.]*[0-9]*\\w|\\\\n")) }
        .map { piece -> piece.replace(escape) { it.groupValues[1] }.trim() }
        .filter { it.isNotEmpty() }
