package io.heddle.specs.house

import com.tngtech.archunit.base.DescribedPredicate.alwaysFalse
import com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import io.kotest.core.spec.style.StringSpec
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
                .allowEmptyShould(true)
                .check(heddle)
        }

        infix fun String.doesNotKnow(other: String) = this doesNotKnow listOf(other)

        val language =
            listOf("check", "dims", "terms", "graph", "model", "recipe", "rules", "lowering", "describe", "json", "dsl")
                .map { "io.heddle.$it" }
        val command = listOf("io.heddle.cli", "io.heddle.script")

        "there is something to look at" { heddle.shouldNotBeEmpty() }

        "the language does not know what runs it" {
            language.forEach { it doesNotKnow listOf("org.nd4j", "org.bytedeco", "io.heddle.runtime") + command }
        }

        "the engine does not know the command" {
            "io.heddle.runtime" doesNotKnow command + listOf("picocli", "kotlin.script")
        }

        "a problem can be told anywhere, because telling it needs nothing else" {
            "io.heddle.check" doesNotKnow language - "io.heddle.check"
        }

        "dims come before models, and models before the scopes that write them" {
            "io.heddle.dims" doesNotKnow listOf("io.heddle.model", "io.heddle.graph", "io.heddle.dsl")
            "io.heddle.model" doesNotKnow "io.heddle.dsl"
        }

        "a graph does not know the model it came from, nor the language" {
            "io.heddle.graph" doesNotKnow
                listOf("io.heddle.model", "io.heddle.dsl", "io.heddle.lowering", "io.heddle.json")
        }

        "lowering knows the model and the graph, and no scope" {
            "io.heddle.model" doesNotKnow "io.heddle.lowering"
            "io.heddle.lowering" doesNotKnow "io.heddle.dsl"
        }

        "what is stored does not know the scopes it was written in" { "io.heddle.json" doesNotKnow "io.heddle.dsl" }
    })
