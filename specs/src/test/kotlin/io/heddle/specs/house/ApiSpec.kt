package io.heddle.specs.house

import io.heddle.specs.describe.GoldenTexts
import io.kotest.core.spec.style.StringSpec
import java.io.File
import java.nio.file.Path
import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiTools

/**
 * What programs can use of Heddle is what was meant: a change of it shows in `dsl/api` and `runtime/api`.
 *
 * `HEDDLE_GOLDEN=write mvn clean test -Dtest=ApiSpec -Dsurefire.failIfNoSpecifiedTests=false` writes them anew: read
 * what `git diff` shows then. A line that is gone or changed breaks programs that use it.
 */
class ApiSpec :
    StringSpec({
        listOf("dsl", "runtime").forEach { module ->
            "what $module offers is as it was" {
                GoldenTexts.check(Path.of("..", module, "api", "$module.api"), dump(module))
            }
        }
    })

/** What the compiler makes for serialization is nobody's to use, and nor are the words of the engine's problems. */
private val told =
    AbiFilters(emptySet(), setOf("**.\$serializer", "io.heddle.runtime.messages.*Messages"), emptySet(), emptySet())

private fun dump(module: String): String = buildString {
    val classes = File("../$module/target/classes").walk().filter { it.extension == "class" }
    AbiTools.getInstance().printJvmDump(this, classes.sorted().asIterable(), told)
}
