package io.heddle.specs.language

import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.model.Model
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe

/** Everything that [work] is told to be wrong. */
fun told(work: () -> Unit): String = shouldThrow<ProblemsException>(work).message.orEmpty()

/** The whole of what is told, without its indentation here. */
infix fun String.shouldRead(text: String) {
    trimEnd() shouldBe text.trimIndent().trim()
}

/** The whole of what a check of this model tells; lines of sources are written `Here.kt:_`. */
infix fun Model.shouldTell(text: String) {
    check() shouldTell text
}

/** The whole of what a check of this recipe tells; lines of sources are written `Here.kt:_`. */
infix fun Recipe.shouldTell(text: String) {
    check() shouldTell text
}

/** The whole of what is told; lines of sources are written `Here.kt:_`. */
infix fun List<Problem>.shouldTell(text: String) {
    joinToString("\n\n").replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead text
}
