package io.heddle.script

import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.name
import kotlin.io.path.nameWithoutExtension
import kotlin.reflect.KParameter
import kotlin.reflect.jvm.kotlinFunction

/** The words of the language, read from its classes, so that a new one is known at once. */
internal object KnownWords {
    private val classes: List<Class<*>> by lazy {
        ScriptClasspath.language.flatMap { place ->
            if (place.isDirectory()) classes(place)
            else FileSystems.newFileSystem(place).use { classes(it.getPath("/")) }
        }
    }

    private val methods: List<Method> by lazy {
        classes
            .filter { it.packageName == LANGUAGE }
            .flatMap { it.declaredMethods.toList() }
            .filter { Modifier.isPublic(it.modifiers) }
    }

    /** Verbs, choices and values. */
    val all: Set<String> by lazy {
        val values = classes.flatMap { type -> listOf(type.simpleName) + type.enumConstants.orEmpty().map { "$it" } }
        (methods.mapNotNull { word(it) } +
                values.filterNot { it.endsWith("Kt") || it.endsWith("Scope") || it.isEmpty() })
            .toSet()
    }

    /** What the arguments of verbs are called. */
    val parameters: Set<String> by lazy {
        val functions = methods.filterNot { it.name.contains('$') }.mapNotNull { it.kotlinFunction }
        functions.flatMap { it.parameters }.filter { it.kind == KParameter.Kind.VALUE }.mapNotNull { it.name }.toSet()
    }

    /** The verbs in whose braces [word] can be said. */
    fun scopes(word: String): List<String> =
        methods
            .filter { it.declaringClass.simpleName.endsWith("Scope") && word(it) == word }
            .map { it.declaringClass.simpleName.removeSuffix("Scope").replaceFirstChar(Char::lowercase) }
            .map {
                when {
                    it == "block" -> "stack"
                    it.startsWith("edit") -> "edit" // Its words are said in several classes.
                    else -> it
                }
            }
            .distinct()

    private fun word(method: Method): String? {
        val name = method.name.removeSuffix("\$default")
        return when {
            name.contains('$') || name.contains('-') -> null
            name.length > GET && (name.startsWith("get") || name.startsWith("set")) && name[GET].isUpperCase() ->
                name.drop(GET).replaceFirstChar(Char::lowercase)
            else -> name
        }
    }

    private fun classes(root: Path): List<Class<*>> =
        ScriptCompiler.words
            .flatMap { name ->
                val files = Files.list(root.resolve(name.replace('.', '/'))).use { it.toList() }
                files.filter { it.name.endsWith(".class") }.map { named("$name.${it.nameWithoutExtension}") }
            }
            .filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic && !it.isAnonymousClass }
            .sortedBy { it.name }

    /** Looked at, and not begun: some classes are only pieces of what a compiler wrote in line. */
    private fun named(name: String): Class<*> = Class.forName(name, false, KnownWords::class.java.classLoader)

    private const val LANGUAGE = "io.heddle.dsl"
    private const val GET = 3
}
