package io.heddle.describe

import io.heddle.model.ClassToken
import io.heddle.model.CopiesInput
import io.heddle.model.EmbeddingScale
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.SpokenInput
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.PositionTarget
import io.heddle.terms.SinusoidOrder

/** Says what inputs make: `dropout(norm(content + position))`. */
internal object InputEquations {
    fun section(input: InputComponent): EquationSection {
        val content = content(input)
        val placed = if (added(input)) sum(content, position(input)) else content
        val whole = dropped(input.dropout, normed(input.norm, bias = true, placed))
        val made = if (input is TokenInput) projected(whole, input.projection) else whole
        val lines = listOf(Equation(name(input.name), made, notes(input))) + more(input) + positions(input)
        return EquationSection.of(input.name, lines)
    }

    private fun added(input: InputComponent) = hasPosition(input) && input.position.to == PositionTarget.Input

    private fun hasPosition(input: InputComponent) = input.position !is Position.None

    /** The name of what tells positions of [input] apart. */
    fun position(input: InputComponent): Term = Term.Indexed(name("p"), input.name)

    private fun projected(x: Term, projection: Projection): Term =
        when (projection) {
            is Projection.None -> x
            is Projection.Linear -> linear(x, "projection", projection.bias)
        }

    private fun content(input: InputComponent): Term =
        when (input) {
            is TokenInput -> tokens(input)
            is VectorInput -> projected(name("vectors"), input.projection)
            is FrameInput -> projected(frames(input), input.projection)
            is SpokenInput -> projected(preNet(input), input.projection)
            is ImageInput -> {
                val patches = linear(name("patches"), "projection", input.projection.bias)
                if (input.classToken == ClassToken.None) patches else Term.Beside(listOf(name("c"), patches))
            }
            is FeatureMapInput -> projected(name("features"), input.projection)
            is LearnedInput -> number(0)
            is CopiesInput -> Term.Row(name(input.source), name("s"))
        }

    private fun tokens(input: TokenInput): Term {
        val rows = Term.Row(table(input), name("ids"))
        val scaled =
            when (input.scale) {
                EmbeddingScale.None -> rows
                EmbeddingScale.RootWidth -> product(Term.Root(number(input.tableWidth)), rows)
            }
        return if (input.segments == 0) scaled
        else sum(scaled, Term.Row(Term.Indexed(name("E"), "segment"), name("segments")))
    }

    /** The table that [input] reads. */
    fun table(input: TokenInput): Term =
        Term.Indexed(
            name("E"),
            when (val table = input.table) {
                is Table.Tied -> table.input
                is Table.Own,
                is Table.Adaptive -> input.name
            },
        )

    private fun frames(input: FrameInput): Term =
        input.convolutions.foldIndexed(name("frames")) { at, below, convolution ->
            activated(convolution.activation, call("convolution_$at", below))
        }

    private fun preNet(input: SpokenInput): Term =
        input.preNet.indices.fold(name("before")) { below, at -> call("preNet_$at", below) }

    private fun notes(input: InputComponent): String =
        listOf(about(input), segments(input), if (input.dropout == 0.0) "" else "dropout ${plain(input.dropout)}")
            .filter { it.isNotEmpty() }
            .joinToString()

    private fun segments(input: InputComponent) =
        if (input is TokenInput && input.segments > 0) "segments of ${input.segments} kinds" else ""

    private fun narrower(table: Table.Adaptive) =
        if (table.factor == 1) "as wide as the first" else "each ${table.factor} times narrower"

    private fun cutoffs(table: Table.Adaptive) = grouped(table.cutoffs.joinToString())

    private fun about(input: InputComponent): String =
        when (input) {
            is TokenInput ->
                when (val table = input.table) {
                    is Table.Own -> "E of ${grouped(input.vocabulary)} x ${grouped(input.tableWidth)}${to(input)}"
                    is Table.Tied -> "the table of ${table.input}${to(input)}"
                    is Table.Adaptive ->
                        "tokens from ${cutoffs(table)} on in tables of their own, ${narrower(table)}${to(input)}"
                }
            is VectorInput -> "of ${grouped(input.features)}${to(input)}"
            is FrameInput -> "of ${grouped(input.features)}${to(input)}"
            is SpokenInput -> "of ${grouped(input.features)}${together(input)}${to(input)}"
            is ImageInput -> {
                val count = "${input.patchRows} x ${input.patchColumns}"
                val fits = input.rows % input.patch == 0 && input.columns % input.patch == 0
                val beyond = if (fits) "" else ", zeros beyond the edge"
                val pixels = "${input.patch} x ${input.patch} x ${input.channels} pixels$beyond"
                "$count of $pixels, to ${grouped(input.width)}"
            }
            is FeatureMapInput -> "of ${grouped(input.channels)}${to(input)}"
            is LearnedInput -> "${grouped(input.count)} of them, each of ${grouped(input.width)}"
            is CopiesInput -> "as many as ${input.length} says"
        }

    private fun together(input: SpokenInput) =
        if (input.reduction == 1) ", those said before" else ", ${input.reduction} at once, those said before"

    /** What the projection of [input] makes, where there is one. */
    private fun to(input: InputComponent): String {
        val projection =
            when (input) {
                is TokenInput -> input.projection
                is VectorInput -> input.projection
                is FrameInput -> input.projection
                is SpokenInput -> input.projection
                is ImageInput -> input.projection
                is FeatureMapInput -> input.projection
                is LearnedInput,
                is CopiesInput -> Projection.None
            }
        return if (projection is Projection.None) "" else ", to ${grouped(input.width)}"
    }

    private fun more(input: InputComponent): List<Equation> =
        when (input) {
            is FrameInput ->
                input.convolutions.mapIndexed { at, convolution ->
                    val note =
                        "${convolution.kernel} frames, every ${convolution.stride}, " +
                            "${grouped(convolution.channels)} channels"
                    Equation(
                        call("convolution_$at", x),
                        linear(Term.Words("windows of x"), "$at", convolution.bias),
                        note,
                    )
                }
            is CopiesInput -> {
                val (last, steps) = sum(name("S"), Term.Minus(number(1))) to sum(name("T"), Term.Minus(number(1)))
                val place = call("round", Term.Fraction(Term.Product(listOf(name("t"), last)), steps))
                listOf(Equation(name("s"), place, "position t of T from S"))
            }
            is SpokenInput ->
                input.preNet.mapIndexed { at, layer ->
                    val made = dropped(layer.dropout, activated(layer.activation, linear(x, "$at", layer.bias)))
                    val dropout = if (layer.dropout == 0.0) "" else ", dropout ${plain(layer.dropout)}"
                    Equation(call("preNet_$at", x), made, "to ${grouped(layer.width)}$dropout")
                }
            is TokenInput,
            is VectorInput,
            is ImageInput,
            is FeatureMapInput,
            is LearnedInput -> emptyList()
        }

    private fun positions(input: InputComponent): List<Equation> {
        if (!hasPosition(input)) return emptyList()
        val notes = listOf(about(input.position), target(input.position.to)).filter { it.isNotEmpty() }.joinToString()
        return listOf(Equation(position(input), formula(input.position), notes))
    }

    private fun about(position: Position): String =
        when (position) {
            is Position.Learned -> "P of ${grouped(position.unused + position.length)}"
            is Position.Sinusoidal ->
                when (position.order) {
                    SinusoidOrder.Interleaved -> "each sine beside its cosine"
                    SinusoidOrder.Concatenated -> "all sines before all cosines"
                }
            is Position.Floater -> "${grouped(position.hidden)} inside"
            is Position.None,
            is Position.Sinusoidal2d -> ""
        }

    private fun formula(position: Position): Term =
        when (position) {
            is Position.None -> number(0)
            is Position.Sinusoidal -> {
                val angle =
                    Term.Fraction(
                        name("t"),
                        Term.Power(Term.Number("10,000"), Term.Fraction(product(number(2), name("i")), name("d"))),
                    )
                call("sincos", angle)
            }
            is Position.Sinusoidal2d -> Term.Beside(listOf(call("sincos", name("row")), call("sincos", name("column"))))
            is Position.Learned -> Term.Row(name("P"), behind(position.unused))
            is Position.Floater ->
                sum(
                    name("p(t - 1)"),
                    Term.Words("integral of tanh([p, t] W_up + b_up) W_down + b_down, ${position.steps} steps"),
                )
        }

    private fun behind(unused: Int): Term = if (unused == 0) name("t") else sum(name("t"), number(unused))

    private fun target(target: PositionTarget): String =
        when (target) {
            PositionTarget.Input -> ""
            PositionTarget.QueriesAndKeys -> "added to queries and keys"
            PositionTarget.EveryLayer -> "added before every layer"
        }
}
