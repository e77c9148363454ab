package io.heddle.specs.house

import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses
import io.kotest.core.spec.style.StringSpec

/** Each stage knows the stages before it and none after it: docs and reviews rest on that. */
class LayersSpec :
    StringSpec({
        val heddle = ClassFileImporter().importPackages("io.heddle")

        fun String.mayNotKnow(vararg others: String) {
            val allowed = if (this == "io.heddle.specs") others.toList() else others.toList() + "io.heddle.specs"
            noClasses()
                .that()
                .resideInAPackage("$this..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(*allowed.map { "$it.." }.toTypedArray())
                .allowEmptyShould(true)
                .check(heddle)
        }

        val stages =
            listOf("check", "dims", "graph", "model", "lowering", "json", "dsl").map { "io.heddle.$it" }

        "the language does not know ND4J" {
            stages.forEach { it.mayNotKnow("org.nd4j", "org.bytedeco") }
        }
    })
