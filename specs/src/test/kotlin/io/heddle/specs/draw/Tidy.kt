package io.heddle.specs.draw

import io.heddle.model.CrossAttention
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll

/** Nothing of the picture covers something else, and nothing is cut off. */
internal fun Picture.shouldBeTidy() {
    val crowded = boxes.pairs().filter { (one, other) -> one.overlaps(other) && !one.holds(other) && !other.holds(one) }
    withClue("boxes that overlap") { crowded.shouldBeEmpty() }
    withClue("texts that overlap") { texts.pairs().filter { (one, other) -> one.overlaps(other) }.shouldBeEmpty() }
    withClue("texts that a box cuts") {
        texts.filter { text -> boxes.any { it.overlaps(text) && !it.holds(text) } }.shouldBeEmpty()
    }
    withClue("texts that a line crosses") { texts.filter { text -> lines.any { it.overlaps(text) } }.shouldBeEmpty() }
    withClue("boxes that a line crosses") {
        boxes.filter { box -> lines.any { it.overlaps(box.shrunk()) } }.shouldBeEmpty()
    }
    withClue("boxes that a frame cuts") {
        boxes.filter { box -> frames.any { it.overlaps(box) && !it.holds(box) } }.shouldBeEmpty()
    }
    withClue("what is outside") { (texts + boxes + lines + frames).filterNot { whole.holds(it) }.shouldBeEmpty() }
}

/** Every component and every kind of layer of [model] is in the picture. */
internal fun Picture.shouldShow(model: Model) {
    paths shouldContainAll model.components.map { it.name }
    model.all<Stack>().forEach { stack ->
        val drawn =
            paths.filter { it.startsWith("${stack.name}/") }.mapNotNull { it.split('/')[1].toIntOrNull() }.toSet()
        val alike = drawn.map { stack.layers[it].alike() }.toSet()
        withClue(stack.name) {
            alike shouldContainAll stack.layers.map { it.alike() }.toSet()
            drawn.forEach { number ->
                val sublayers = stack.layers[number].parts.filterIsInstance<Sublayer>()
                paths shouldContainAll sublayers.map { "${stack.name}/$number/${it.name}" }
            }
        }
    }
}

/** A layer that looks at another stack's layer of its own number is drawn once with those that do so too. */
private fun Layer.alike() = parts.map { if (it is CrossAttention) it.copy(from = it.from.substringBefore('/')) else it }

private fun Area.shrunk() = copy(left = left + 1, top = top + 1, right = right - 1, bottom = bottom - 1)

private fun List<Area>.pairs(): List<Pair<Area, Area>> = flatMapIndexed { number, one ->
    drop(number + 1).map { one to it }
}
