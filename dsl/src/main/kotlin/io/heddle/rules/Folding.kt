package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.Model
import io.heddle.model.Stack

/** Tells once what is wrong alike in several layers of a stack. */
internal object Folding {
    private val inLayer = Regex("([^/]+)/(\\d{1,9})(/.+)?")

    private data class Alike(val stack: String, val rest: String, val told: Problem)

    fun fold(model: Model, problems: List<Problem>): List<Problem> {
        val layers = LinkedHashMap<Any, MutableList<Int>>()
        problems.forEach { problem ->
            val match = inLayer.matchEntire(problem.place)
            if (match == null) {
                layers[problem] = mutableListOf()
            } else {
                val (stack, layer, rest) = match.destructured
                layers.getOrPut(Alike(stack, rest, problem.copy(place = ""))) { mutableListOf() } += layer.toInt()
            }
        }
        return layers.map { (told, numbers) ->
            if (told is Alike)
                told.told.copy(place = "${told.stack}/${numbers(model, told.stack, numbers)}${told.rest}")
            else told as Problem
        }
    }

    private fun numbers(model: Model, stack: String, numbers: List<Int>): String =
        told(numbers, model.all<Stack>().find { it.name == stack }?.layers?.size ?: 0)

    /** Layers of a stack of [count], as a path tells them: `3`, `{0,2,4}`, or a star for all. */
    fun told(numbers: List<Int>, count: Int): String =
        when {
            numbers.size == 1 -> "${numbers.single()}"
            numbers.size == count -> "*"
            else -> numbers.joinToString(",", "{", "}")
        }
}
