package io.heddle.script

import io.heddle.check.ProblemsException
import io.heddle.recipe.Recipe
import io.heddle.script.messages.ScriptMessages
import java.lang.reflect.InvocationTargetException
import java.nio.file.Path
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.io.path.name

/** Runs a compiled script, and collects what it describes. */
internal class ScriptRunner(private val file: Path, private val text: String) {
    /**
     * What the script's public properties hold. Whatever it prints goes to standard error, because standard output is
     * for what was asked for.
     *
     * @throws ProblemsException when the script throws
     */
    fun run(script: CompiledScript): Described {
        val type = script.load()
        val instance = withOutputAside { ScriptExit(file, text).told { instance(type) } }
        val values =
            type.declaredFields
                .filter { isPublic(type, it.name) }
                .flatMap { field ->
                    field.isAccessible = true
                    named(field.name, field[instance])
                }
        val recipes =
            distinct<Recipe>(values).map { (name, recipe) -> Named(name, recipe.toldAs(name, recipe.origins)) }
        return Described(file, distinct(values), recipes, distinct(values), script.warnings)
    }

    @Suppress("SwallowedException") // It only wraps what the script threw.
    private fun instance(type: Class<*>): Any =
        try {
            type.declaredConstructors.single().newInstance()
        } catch (thrown: InvocationTargetException) {
            throw told(thrown.targetException)
        }

    private fun isPublic(type: Class<*>, property: String) =
        type.methods.any { it.parameterCount == 0 && it.name == "get" + property.replaceFirstChar(Char::uppercase) }

    private fun named(name: String, value: Any?): List<Named<Any>> =
        when (value) {
            is Iterable<*> -> value.filterNotNull().mapIndexed { number, element -> Named("$name[$number]", element) }
            null -> emptyList()
            else -> listOf(Named(name, value))
        }

    private inline fun <reified Kind : Any> distinct(values: List<Named<Any>>): List<Named<Kind>> =
        values.mapNotNull { (name, value) -> (value as? Kind)?.let { Named(name, it) } }.distinctBy { it.value }

    private fun told(thrown: Throwable): Throwable {
        if (thrown is ProblemsException) return thrown
        if (thrown is OutOfMemoryError) return ProblemsException(ScriptMessages.outOfMemory(file), thrown)
        val frame = thrown.stackTrace.firstOrNull { it.fileName == file.name && it.lineNumber > 0 }
        val place = if (frame == null) "$file" else "$file:${frame.lineNumber}"
        val line = frame?.let { SourceText(text).line(it.lineNumber) }
        return ProblemsException(ScriptMessages.stopped(place, thrown, line), thrown)
    }

    private fun <Result> withOutputAside(work: () -> Result): Result =
        standardOutput.withLock {
            val output = System.out
            System.setOut(System.err)
            try {
                work()
            } finally {
                System.setOut(output)
            }
        }

    private companion object {
        /** There is one of them: scripts of one process run one after the other. */
        val standardOutput = ReentrantLock()
    }
}
