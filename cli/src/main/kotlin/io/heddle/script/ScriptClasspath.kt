package io.heddle.script

import io.heddle.model.Model
import java.io.File
import java.nio.file.Path

/** Where the classes stand that a script is compiled against. */
internal object ScriptClasspath {
    /** The language itself: when it changes, scripts are compiled again. */
    val language: List<Path> by lazy { listOf(place(Model::class.java)) }

    /** The running classpath. */
    val all: List<File> by lazy {
        val named =
            System.getProperty("java.class.path").split(File.pathSeparator).filter { it.isNotEmpty() }.map { File(it) }
        (language.map { it.toFile() } + named).distinct().filter { it.exists() }
    }

    private fun place(of: Class<*>): Path = Path.of(of.protectionDomain.codeSource.location.toURI())
}
