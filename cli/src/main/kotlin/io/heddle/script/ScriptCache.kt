package io.heddle.script

import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.attribute.FileTime
import java.time.Instant
import kotlin.io.path.deleteIfExists
import kotlin.io.path.fileSize
import kotlin.io.path.getLastModifiedTime
import kotlin.io.path.name

/**
 * Compiled scripts from earlier runs, one file each, in [folder].
 *
 * It only saves time: a file that is damaged is made again, and a folder that cannot be written to is left alone. When
 * the files together outgrow [limit] bytes, those that nobody used for longest go.
 */
internal class ScriptCache(private val folder: Path, private val limit: Long = LIMIT) {
    /** What was kept under [key], if it can be read. */
    fun find(key: String): CompiledScript? {
        val file = folder.resolve(key + ENDING)
        return try {
            val script = CompiledScriptFormat.read(Files.readAllBytes(file))
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()))
            script
        } catch (_: NoSuchFileException) {
            null
        } catch (_: IOException) {
            null
        }
    }

    /** Keeps [script] under [key]: written aside and moved into place, so that nobody reads half of it. */
    fun keep(key: String, script: CompiledScript) {
        try {
            Files.createDirectories(folder)
            val aside = Files.createTempFile(folder, key, ASIDE)
            try {
                Files.write(aside, CompiledScriptFormat.write(script))
                Files.move(aside, folder.resolve(key + ENDING), ATOMIC_MOVE, REPLACE_EXISTING)
            } finally {
                aside.deleteIfExists()
            }
            trim()
        } catch (_: IOException) {
            // Nothing was kept: the next run compiles again.
        }
    }

    private fun trim() {
        val files = Files.list(folder).use { all -> all.filter { it.name.endsWith(ENDING) || isLeftOver(it) }.toList() }
        var room = limit
        for (file in files.sortedByDescending { it.getLastModifiedTime() }) {
            room -= file.fileSize()
            if (room < 0 || isLeftOver(file)) file.deleteIfExists()
        }
    }

    /** Whether a process that died left [file] aside. */
    private fun isLeftOver(file: Path) =
        file.name.endsWith(ASIDE) && file.getLastModifiedTime().toInstant() < Instant.now().minusSeconds(A_DAY)

    private companion object {
        const val LIMIT = 64L shl 20
        const val A_DAY = 86_400L
        const val ENDING = ".script"
        const val ASIDE = ".partial"
    }
}
