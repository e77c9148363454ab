package io.heddle.script

import java.nio.file.Path
import kotlin.io.path.name

/** Reads `*.model.kts`: compiles it, unless that was done before, and runs it. */
internal class ScriptHost(private val cache: ScriptCache) {
    fun read(file: Path, text: String): Described {
        val key = ScriptKey.of(file.name, text, ScriptClasspath.language)
        val script = cache.find(key) ?: ScriptCompiler.compile(file, text).also { cache.keep(key, it) }
        return ScriptRunner(file, text).run(script)
    }
}
