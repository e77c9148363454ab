@file:JvmName("Checks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.model.Model

/**
 * Everything that is wrong with the model, at once; empty for one that can be lowered.
 *
 * What is wrong alike in several layers is told once, for all of them.
 */
public fun Model.check(): List<Problem> {
    val names = NameRules(this)
    val others = findings + SizeRules(this).problems() + BlockRules(this).problems() + SharedWeights(this).problems()
    val found = names.problems() + unsure(others, names.repeatedPaths())
    val order = components.withIndex().associate { (at, component) -> component.name to at }
    return Folding.fold(this, found.distinct()).sortedBy { problem -> place(problem, order) }
}

/** Of two sublayers with one path it is not known whose line said what, so no line is told. */
private fun unsure(problems: List<Problem>, repeated: Set<String>): List<Problem> =
    problems.map { problem ->
        if (problem.place !in repeated) problem else problem.copy(facts = problem.facts.map { Fact(it.name, it.value) })
    }

/** Problems stand in the order of the model: what is wrong with all of it first, its objectives last. */
private fun place(problem: Problem, order: Map<String, Int>): Int =
    order[problem.place.substringBefore('/')] ?: if (problem.place == "objective") order.size else -1

/**
 * The model itself, when nothing is wrong with it.
 *
 * @throws ProblemsException with everything that is
 */
public fun Model.checked(): Model {
    val problems = check()
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return this
}
