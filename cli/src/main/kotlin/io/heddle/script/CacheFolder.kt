package io.heddle.script

import java.nio.file.Path

/** Where Heddle keeps what it can make again: the folder named in `HEDDLE_CACHE`, or the system's usual place. */
internal object CacheFolder {
    /** The folder, which need not exist. */
    fun of(system: String, home: String, environment: Map<String, String>): Path {
        fun folder(variable: String) = environment[variable]?.takeIf { it.isNotBlank() }?.let { Path.of(it) }
        folder("HEDDLE_CACHE")?.let {
            return it
        }
        val family = system.lowercase()
        return when {
            family.startsWith("windows") -> folder("LOCALAPPDATA") ?: Path.of(home, "AppData", "Local")
            family.startsWith("mac") -> Path.of(home, "Library", "Caches")
            else -> folder("XDG_CACHE_HOME")?.takeIf { it.isAbsolute } ?: Path.of(home, ".cache")
        }.resolve("heddle")
    }

    /** The folder for this process. */
    fun here(): Path = of(System.getProperty("os.name"), System.getProperty("user.home"), System.getenv())
}
