package io.heddle.rules

import io.heddle.messages.RecipeMessages
import io.heddle.recipe.Recipe
import io.heddle.recipe.StartingWeights

/** What a training begins with is named. */
internal class StartingRules(private val recipe: Recipe, private val findings: RecipeFindings) {
    fun check() =
        when (val start = recipe.startingWeights) {
            is StartingWeights.Drawn -> Unit
            is StartingWeights.Of -> {
                val run = Said("startingWeights", "startingWeights.run")
                findings.require(start.run.isNotBlank(), run, "\"${start.run}\"", RecipeMessages.noRun())
                start.without.forEach { pattern ->
                    val fine = pattern.split('/').none { it.isEmpty() || ('*' in it && it != "*" && it != "**") }
                    val without = Said("without", "startingWeights.without")
                    findings.require(fine, without, pattern, RecipeMessages.notAPattern("without"))
                }
            }
        }
}
