package io.heddle.script

import java.nio.file.Path
import kotlin.io.path.name
import kotlin.script.experimental.api.CompiledScript as HostScript
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.defaultImports
import kotlin.script.experimental.host.StringScriptSource
import kotlin.script.experimental.jvm.impl.KJvmCompiledModuleInMemory
import kotlin.script.experimental.jvm.impl.KJvmCompiledScript
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost

/** Compiles scripts. Its classes, and the compiler's, are only loaded for a script that is not in the [ScriptCache]. */
internal object ScriptCompiler {
    /** The packages whose words a script can use without an import. */
    val words = listOf("io.heddle.dsl", "io.heddle.terms", "io.heddle.recipe")

    /** The terms whose values can be used by their own names. */
    private val entries =
        listOf("Pooling", "PositionTarget", "Temperature", "Depth", "Ending").map { "io.heddle.terms.$it" }

    /** @throws io.heddle.check.ProblemsException with everything that the compiler finds wrong */
    fun compile(file: Path, text: String): CompiledScript {
        val configuration = ScriptCompilationConfiguration {
            defaultImports((words + entries).map { "$it.*" } + "io.heddle.model.Model")
            compilerOptions("-jvm-target", "25", "-no-stdlib", "-no-reflect")
            jvm { updateClasspath(ScriptClasspath.all) }
        }
        val host = BasicJvmScriptingHost()
        val result = host.runInCoroutineContext { host.compiler(StringScriptSource(text, file.name), configuration) }
        val problems = CompilerErrors("$file", text)
        return when (result) {
            is ResultWithDiagnostics.Failure -> throw problems.errors(result.reports)
            is ResultWithDiagnostics.Success -> compiled(result.value, problems.warnings(result.reports))
        }
    }

    private fun compiled(script: HostScript, warnings: List<String>): CompiledScript {
        val onJvm = script as KJvmCompiledScript
        val module = onJvm.getCompiledModule() as KJvmCompiledModuleInMemory
        val classes = module.compilerOutputFiles.filterKeys { it.endsWith(CLASS) }
        val byName = classes.mapKeys { (path, _) -> path.removeSuffix(CLASS).replace('/', '.') }
        return CompiledScript(onJvm.scriptClassFQName, byName, warnings)
    }

    private const val CLASS = ".class"
}
