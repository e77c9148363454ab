@file:JvmName("Describe")
@file:JvmMultifileClass

package io.heddle.describe

import io.heddle.check.ProblemsException
import io.heddle.model.Component
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.Stack
import io.heddle.rules.checked
import io.heddle.terms.Side

/**
 * What a model computes, as equations: inputs, layers, heads, objectives. Layers that are equal are told once.
 *
 * Vectors are rows, and `W` maps them from the right: it is the transpose of the stored weight `[outputs, inputs]`.
 */
public class Equations internal constructor(private val model: String, internal val sections: List<EquationSection>) {
    /** For a terminal. */
    public fun text(): String = (listOf(model) + sections.map { text(it) }).joinToString("\n\n")

    /** For a paper that uses the package amsmath. */
    public fun latex(): String =
        (listOf("% $model; needs \\usepackage{amsmath}") + sections.map { latex(it) }).joinToString("\n\n")

    override fun toString(): String = text()

    private fun text(section: EquationSection): String =
        (listOf(section.title) + lines(section).map { if (it.isEmpty()) it else "  $it" }).joinToString("\n")

    private fun latex(section: EquationSection): String {
        val math =
            section.groups.flatMap { group ->
                listOf("\\begin{align*}", group.joinToString(" \\\\\n") { latex(it) }, "\\end{align*}")
            }
        val title = "\\paragraph{${TermLatex.escaped(section.title)}}"
        return (listOf(title) + math + section.remarks.map { "${TermLatex.escaped(it)}." }).joinToString("\n")
    }

    private fun latex(line: Equation): String {
        val note = if (line.note.isEmpty()) "" else " && \\text{${TermLatex.escaped(line.note)}}"
        return "  ${TermLatex.write(line.left)} &= ${TermLatex.write(line.right)}$note"
    }

    internal companion object {
        /** Groups with an empty line between them, then remarks. */
        fun lines(section: EquationSection): List<String> {
            val groups = section.groups.map { aligned(it) } + listOf(section.remarks)
            return groups.filter { it.isNotEmpty() }.reduceOrNull { all, group -> all + "" + group }.orEmpty()
        }

        /** Equations with their signs below each other. */
        private fun aligned(group: List<Equation>): List<String> {
            val width = group.maxOfOrNull { TermText.write(it.left).length } ?: 0
            return group.map { line(it, width) }
        }

        /** An equation with its left side at least [width] wide. */
        fun line(line: Equation, width: Int = 0): String {
            val note = if (line.note.isEmpty()) "" else "   (${line.note})"
            return "${TermText.write(line.left).padEnd(width)} = ${TermText.write(line.right)}$note"
        }
    }
}

/**
 * What this model computes.
 *
 * @throws ProblemsException for a model that does not fit together
 */
public fun Model.equations(): Equations {
    val model = checked()
    return Equations(name, components.flatMap { sections(model, it) } + ObjectiveEquations(model).sections())
}

private fun sections(model: Model, component: Component): List<EquationSection> =
    when (component) {
        is InputComponent -> listOf(InputEquations.section(component))
        is Stack -> StackEquations(model, component).sections()
        is Head -> listOf(HeadEquations(model).section(component))
        is NormComponent -> {
            val right = normed(component.norm, component.bias, name(component.input))
            listOf(EquationSection.of(component.name, listOf(Equation(name(component.name), right))))
        }
        is MergedPatches -> listOf(merged(component))
        is RelationInput -> {
            val right = Term.Words("1 where ${component.of} i and j are related, else 0")
            listOf(
                EquationSection.of(
                    component.name,
                    listOf(Equation(Term.Indexed(name(component.name), "ij"), right, "given")),
                )
            )
        }
        is RelativeBias -> listOf(bias(component))
    }

private fun merged(component: MergedPatches): EquationSection {
    val below = component.input
    val squares = Term.Words("four neighbours of $below side by side")
    val right = linear(normed(component.norm, bias = true, name("z")), "reduction", component.bias)
    return EquationSection.of(
        component.name,
        listOf(Equation(name("z"), squares), Equation(name(component.name), right, "to ${grouped(component.width)}")),
    )
}

private fun bias(component: RelativeBias): EquationSection {
    val buckets =
        "${component.buckets} buckets up to ${grouped(component.distance)}, ${component.heads} heads" +
            if (component.side == Side.Past) ", before i" else ""
    val right = Term.Row(name("B"), call("bucket", sum(name("j"), Term.Minus(name("i")))))
    return EquationSection.of(
        component.name,
        listOf(Equation(Term.Indexed(name(component.name), "ij"), right, buckets)),
    )
}
