package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.Message
import io.heddle.messages.RecipeMessages
import io.heddle.model.Origin
import io.heddle.recipe.Recipe

/** A number of a recipe: what messages call it, and the path of what said it. */
internal data class Said(val name: String, val path: String = name)

/** A value of the recipe, with the words that said it or what it is a part of. */
internal fun Recipe.fact(name: String, value: Any, path: String): Fact {
    val origin =
        generateSequence(path) { inner -> if (inner.isEmpty()) null else inner.substringBeforeLast('.', "") }
            .map { origins[it] }
            .firstOrNull { it != Origin.Unknown } ?: Origin.Unknown
    return Fact(name, "$value", origin.says, origin.where)
}

/** The longest array that the JVM grants on every platform, less what padding to a multiple may add. */
internal const val MOST_NUMBERS = 2_000_000_000L

/** What is wrong with the numbers of a recipe, in the order found. */
internal class RecipeFindings(private val recipe: Recipe) {
    val problems = mutableListOf<Problem>()

    /** Tells [message] of the [value] of what was [said], unless it is [fine]. */
    fun require(fine: Boolean, said: Said, value: Any, message: Message) {
        if (!fine) problems += message.at(recipe.name, recipe.fact(said.name, value, said.path))
    }

    fun positive(said: Said, value: Int) = require(value > 0, said, value, RecipeMessages.notPositive(said.name))

    fun notNegative(said: Said, value: Int) = require(value >= 0, said, value, RecipeMessages.negative(said.name))

    fun amount(said: Said, value: Double) =
        require(value > 0.0 && value.isFinite(), said, value, RecipeMessages.notAPositiveNumber(said.name))

    fun amountOrNone(said: Said, value: Double) =
        require(value >= 0.0 && value.isFinite(), said, value, RecipeMessages.notAnAmount(said.name))

    fun rate(said: Said, value: Double) =
        require(value >= 0.0 && value < 1.0, said, value, RecipeMessages.notARate(said.name))

    fun part(said: Said, value: Double) =
        require(value > 0.0 && value < 1.0, said, value, RecipeMessages.notAPart(said.name))
}
