package io.heddle.specs.house

import com.tngtech.archunit.base.DescribedPredicate.alwaysFalse
import com.tngtech.archunit.base.DescribedPredicate.describe
import com.tngtech.archunit.base.DescribedPredicate.not
import com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage
import com.tngtech.archunit.core.domain.JavaConstructorCall
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty

/** Description, model, graph, program, buffers: a stage knows the stages before it and none after it. */
class LayersSpec :
    StringSpec({
        val heddle = ClassFileImporter().withImportOption(ImportOption.DoNotIncludeTests()).importPackages("io.heddle")

        infix fun String.doesNotKnow(others: List<String>) {
            noClasses()
                .that(resideInAnyPackage("$this.."))
                .should()
                .dependOnClassesThat(
                    others.fold(alwaysFalse()) { known, other -> known.or(resideInAnyPackage("$other..")) }
                )
                .check(heddle)
        }

        /** In the order of docs/DESIGN.md: each knows only those before it. */
        val language =
            listOf("check", "messages", "dims", "terms", "graph", "model", "recipe", "rules", "lowering")
                .plus(listOf("json", "describe", "draw", "experiment", "dsl", "huggingface"))
                .map { "io.heddle.$it" }
        val engine =
            listOf(
                    listOf("messages", "random", "parallel", "files", "tensor"),
                    listOf("gradient", "pass", "plan", "backend", "program"),
                    listOf(
                        "weights",
                        "exchange",
                        "record",
                        "sound",
                        "data",
                        "model",
                        "checkpoint",
                        "huggingface",
                        "attention",
                        "generate",
                        "evaluate",
                        "train",
                        "experiment",
                        "profile",
                    ),
                )
                .flatten()
                .map { "io.heddle.runtime.$it" }
        val command = listOf("cli", "chart", "picture", "report", "script").map { "io.heddle.$it" }

        "there is something to look at in every package" {
            (language + engine + command).forEach { name ->
                heddle.filter { "${it.packageName}.".startsWith("$name.") }.shouldNotBeEmpty()
            }
        }

        "every package is in the order" {
            val known = language + engine + command
            heddle
                .map { it.packageName }
                .distinct()
                .filterNot { name ->
                    name == "io.heddle.runtime" ||
                        name.startsWith("io.heddle.specs") ||
                        name == "io.heddle.samples" ||
                        known.any { "$name.".startsWith("$it.") }
                }
                .shouldBeEmpty()
        }

        "a package of the language knows only those before it" {
            language.forEachIndexed { at, name -> if (at < language.lastIndex) name doesNotKnow language.drop(at + 1) }
        }

        "a package of the engine knows only those before it" {
            engine.forEachIndexed { at, name -> if (at < engine.lastIndex) name doesNotKnow engine.drop(at + 1) }
        }

        fun wordedOnlyIn(messages: String, packages: List<String>) {
            val words = listOf("io.heddle.check.Problem", "io.heddle.messages.Message")
            noClasses()
                .that(resideInAnyPackage(*packages.map { "$it.." }.toTypedArray()))
                .and(not(resideInAnyPackage(messages)))
                .should()
                .callConstructorWhere(
                    describe("makes words") { call: JavaConstructorCall -> call.targetOwner.name in words }
                )
                .check(heddle)
        }

        "what the language tells is worded in one place" {
            wordedOnlyIn("io.heddle.messages", language - "io.heddle.check")
        }

        "what is told of scripts is worded in one place" { wordedOnlyIn("io.heddle.script.messages", command) }

        "what the engine tells is worded in one place" {
            wordedOnlyIn("io.heddle.runtime.messages", listOf("io.heddle.runtime"))
        }

        "the language does not know what runs it" {
            language.forEach {
                it doesNotKnow
                    listOf("org.nd4j", "org.bytedeco", "org.eclipse", "org.jetbrains.letsPlot", "io.heddle.runtime") +
                        command
            }
        }

        "the engine does not know the command, nor the scopes of scripts" {
            "io.heddle.runtime" doesNotKnow command + listOf("picocli", "kotlin.script", "io.heddle.dsl")
        }
    })
