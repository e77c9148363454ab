package io.heddle.specs.language

import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import io.heddle.dsl.Heads
import io.heddle.recipe.RecipeTerms
import io.heddle.terms.Side
import io.heddle.terms.Terms
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import java.lang.reflect.Constructor
import java.lang.reflect.Executable
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.util.function.BiConsumer
import java.util.function.Consumer
import kotlin.reflect.KFunction
import kotlin.reflect.KVisibility
import kotlin.reflect.full.declaredMemberFunctions
import kotlin.reflect.jvm.javaConstructor
import kotlin.reflect.jvm.javaMethod

/** Whatever Kotlin says, Java says too, and meets no type of Kotlin's on the way. */
class JavaFormsSpec :
    StringSpec({
        val packages =
            listOf(
                "check",
                "dims",
                "terms",
                "graph",
                "model",
                "recipe",
                "rules",
                "lowering",
                "json",
                "describe",
                "draw",
                "experiment",
            )
        val classes = classes(packages + "dsl")
        val scopes = classes.filter { it.packageName == "io.heddle.dsl" && it.simpleName.startsWithScope() }

        "there is something to look at" {
            (classes.size > 100) shouldBe true
            (scopes.size > 15) shouldBe true
        }

        "no type of Kotlin's is in the way" {
            classes
                .flatMap { it.forJava() }
                .filter { method -> method.allTypes().any { it.startsWith("kotlin.") } }
                .map { it.told() }
                .shouldBeEmpty()
        }

        "every word that takes a block of Kotlin takes one of Java's, with all that may be said beside it" {
            scopes
                .flatMap { scope -> scope.declaredMethods.filter { it.isKotlinWord() } }
                .filter { word -> word.declaringClass.forJava().none { it.says(word) } }
                .map { it.told() }
                .shouldBeEmpty()
        }

        "a value is set by a word, as in model.dropout(0.1)" {
            scopes.flatMap { it.forJava() }.filter { it.name.startsWith("set") }.map { it.told() }.shouldBeEmpty()
        }

        "what may be left out in Kotlin may be left out in Java" {
            val words = (scopes.flatMap { it.kotlin.declaredMemberFunctions }).filter { it.isForJava() }
            val terms = classes.filter { it.packageName in listOf("io.heddle.terms", "io.heddle.recipe") }
            val values = terms.flatMap { it.kotlin.constructors }.filter { it.visibility == KVisibility.PUBLIC }
            (words + values).filterNot { it.hasShorterForms() }.map { "$it" }.shouldBeEmpty()
        }

        "what is said without a number has a constant" {
            constants(Terms::class.java) shouldContainExactlyInAnyOrder
                objects(classes.filter { it.packageName == "io.heddle.terms" })
            constants(RecipeTerms::class.java) shouldContainExactlyInAnyOrder
                objects(classes.filter { it.packageName == "io.heddle.recipe" })
        }
    })

private fun String.startsWithScope() = endsWith("Scope") || startsWith("Model")

/** The public classes of these packages of the language. */
private fun classes(packages: List<String>): List<Class<*>> =
    ClassFileImporter()
        .withImportOption(ImportOption.DoNotIncludeTests())
        .importPackages(packages.map { "io.heddle.$it" })
        .filterNot { it.isAnonymousClass || it.isLocalClass || "$$" in it.name }
        .map { it.reflect() }
        .filter { it.packageName.substringAfter("io.heddle.") in packages && it.isPublic() }

private fun Class<*>.isPublic(): Boolean =
    Modifier.isPublic(modifiers) &&
        !isSynthetic &&
        '$' != simpleName.firstOrNull() &&
        (isFacade() || kotlin.visibility == KVisibility.PUBLIC) &&
        (declaringClass?.isPublic() ?: true)

/** A class that only holds functions of a file. */
private fun Class<*>.isFacade() = getAnnotation(Metadata::class.java)?.kind != 1

/** The methods that a program in Java can write down: neither hidden from it nor internal. */
private fun Class<*>.forJava(): List<Method> =
    declaredMethods.filter {
        Modifier.isPublic(it.modifiers) && !it.isSynthetic && '$' !in it.name && it.name !in generated
    }

/** `getEntries` is beside `values()` of every enum, `serializer` is the serialization library's. */
private val generated = setOf("getEntries", "serializer")

private fun Executable.allTypes(): List<String> =
    genericParameterTypes.flatMap { it.typeName.split('<', '>', ',', ' ') } +
        ((this as? Method)?.genericReturnType?.typeName?.split('<', '>', ',', ' ') ?: emptyList())

private fun Executable.told() = "${declaringClass.simpleName}.$name(${parameterTypes.joinToString { it.simpleName }})"

private fun Method.isKotlinWord() =
    isSynthetic && Modifier.isPublic(modifiers) && '$' !in name && !isBridge && name != "provideDelegate"

/** Whether this word of Java's can say all that [word] says: the same sizes and choices, and a block. */
private fun Method.says(word: Method): Boolean =
    name == word.name && plain(parameterTypes) == plain(word.parameterTypes) && block() == word.hasBlock()

private fun Method.block() =
    parameterTypes.lastOrNull().let { it == Consumer::class.java || it == BiConsumer::class.java }

private fun Method.hasBlock() = parameterTypes.any { it.name.startsWith("kotlin.jvm.functions.") }

/** What is said, without names and blocks; a `Heads` is four numbers, a side is a yes or no. */
private fun plain(types: Array<Class<*>>): List<String> =
    types
        .flatMap { type ->
            when {
                type == String::class.java || type == Consumer::class.java || type == BiConsumer::class.java -> listOf()
                type.name.startsWith("kotlin.jvm.functions.") -> listOf()
                type == Heads::class.java -> List(4) { "int" }
                type == Int::class.javaObjectType -> listOf("int")
                type == Double::class.javaObjectType -> listOf("double")
                type == Side::class.java -> listOf("boolean")
                else -> listOf(type.name)
            }
        }
        .sorted()

private fun KFunction<*>.isForJava(): Boolean =
    visibility == KVisibility.PUBLIC && javaMethod.let { it != null && !it.isSynthetic && '$' !in it.name }

/** Whether there is a form without the last optional parameter, one without the last two, and so on. */
private fun KFunction<*>.hasShorterForms(): Boolean {
    val full: Executable = javaMethod ?: javaConstructor ?: return true
    val optional = parameters.reversed().takeWhile { it.isOptional || it.isVararg }.count { it.isOptional }
    val types = full.parameterTypes.toList()
    return (1..optional).all { left -> forms(full).any { it.parameterTypes.toList() == types.dropLast(left) } }
}

private fun forms(full: Executable): List<Executable> =
    when (full) {
        is Constructor<*> -> full.declaringClass.constructors.filterNot { it.isSynthetic }
        else -> full.declaringClass.forJava().filter { it.name == full.name }
    }

private fun constants(holder: Class<*>): List<Any> =
    holder.fields.filter { it.name != "INSTANCE" }.map { requireNotNull(it[null]) }

/** The objects that are one of the choices of a sealed type. */
private fun objects(classes: List<Class<*>>): List<Any> =
    classes
        .filter { type -> type.interfaces.any { it.packageName == type.packageName } }
        .mapNotNull { type -> type.fields.find { it.name == "INSTANCE" }?.get(null) }
