package io.heddle.specs.language.generated

import io.heddle.model.AddNorm
import io.heddle.model.Component
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Part
import io.heddle.model.Stack
import io.heddle.model.Sublayer

/** [model] with one thing wrong, at [block]. */
class Broken(val model: Model, val block: String)

/** A way to break a model; [everywhere] gives every block of a model that it can break, each broken alone. */
class Breakage(val name: String, val everywhere: (Model) -> Sequence<Broken>)

fun Model.with(
    components: List<Component> = this.components,
    objectives: List<Objective> = this.objectives,
    frozen: List<String> = this.frozen,
): Model = Model(name, width, components, objectives, frozen)

fun <T> List<T>.replaced(at: Int, value: T): List<T> = mapIndexed { index, old -> if (index == at) value else old }

/** Breaks a component: [change] gives it with one thing wrong, or nothing where it has no such thing. */
inline fun <reified Kind : Component> component(
    name: String,
    crossinline change: (Kind, Model) -> Component?,
): Breakage =
    Breakage(name) { model ->
        model.components.asSequence().withIndex().mapNotNull { (at, component) ->
            (component as? Kind)
                ?.let { change(it, model) }
                ?.let { Broken(model.with(model.components.replaced(at, it)), it.name) }
        }
    }

/** Breaks one part of one layer: [change] gives it with one thing wrong, or nothing where it has no such thing. */
inline fun <reified Kind : Part> part(name: String, crossinline change: (Kind, Model) -> Part?): Breakage =
    layer(name) { layer, model ->
        layer.parts.asSequence().withIndex().mapNotNull { (at, part) ->
            (part as? Kind)
                ?.let { change(it, model) }
                ?.let { broken -> Layer(layer.parts.replaced(at, broken)) to layer.parts.word(at, broken) }
        }
    }

/** Breaks one layer: [change] gives every way to do so, with the last word of the path of what is wrong. */
fun layer(name: String, change: (Layer, Model) -> Sequence<Pair<Layer, String>>): Breakage =
    Breakage(name) { model ->
        model.components.asSequence().withIndex().flatMap { (at, component) ->
            val stack = component as? Stack ?: return@flatMap emptySequence()
            stack.layers.asSequence().withIndex().flatMap { (number, layer) ->
                change(layer, model).map { (broken, word) ->
                    val changed = stack.copy(layers = stack.layers.replaced(number, broken))
                    val path = "${stack.name}/$number" + if (word.isEmpty()) "" else "/$word"
                    Broken(model.with(model.components.replaced(at, changed)), path)
                }
            }
        }
    }

/** Breaks the model as a whole, or what is told of at [block]. */
fun whole(name: String, block: String, change: (Model) -> Model?): Breakage =
    Breakage(name) { model -> listOfNotNull(change(model)).map { Broken(it, block) }.asSequence() }

/** The last words of the path of [part], which stands at [at] among these. */
fun List<Part>.word(at: Int, part: Part): String =
    when (part) {
        is AddNorm ->
            take(at).filterIsInstance<Sublayer>().lastOrNull().let { if (it == null) "norm" else "${it.name}/norm" }
        is Sublayer -> part.name
    }
