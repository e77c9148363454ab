package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.ClassToken
import io.heddle.model.CopiesInput
import io.heddle.model.Extent
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.model.extent
import io.heddle.terms.PositionTarget

/** The sizes of inputs make sense, and what they give has the width that they say. */
internal class InputRules(private val findings: Findings) {
    private val model = findings.model

    fun check(input: InputComponent) {
        if (input.width != model.width) findings.positive("width", input.width, input.name)
        findings.rate("dropout", input.dropout, input.name)
        findings.norm(input.norm, input.name)
        when (input) {
            is TokenInput -> tokens(input)
            is VectorInput -> vectors(input)
            is FrameInput -> frames(input)
            is ImageInput -> image(input)
            is FeatureMapInput -> featureMap(input)
            is LearnedInput -> learned(input)
            is CopiesInput -> copies(input)
        }
        position(input)
    }

    private fun position(input: InputComponent) {
        val width = (input as? TokenInput)?.tableWidth ?: input.width
        when (val position = input.position) {
            is Position.None -> Unit
            is Position.Learned -> {
                if (input !is LearnedInput) findings.positive("positions", position.length, input.name)
                findings.require(
                    position.unused in 0..Findings.LARGEST,
                    input.name,
                    "rows without a position are not a number of rows",
                    "unused",
                    position.unused,
                    "learnedPositions(1_024, unused = 2) has a table of 1,026 rows.",
                )
                findings.initializer(position.initializer, input.name)
            }
            is Position.Sinusoidal -> multiple(input, width, 2, "sines and cosines need an even width")
            is Position.Sinusoidal2d -> {
                multiple(input, width, 4, "sines and cosines of rows and columns need a width of four parts")
                if (model.extent(input.name).isRow()) oneRow(input)
            }
            is Position.Floater -> {
                findings.positive("steps", position.steps, input.name)
                findings.positive("hidden", position.hidden, input.name)
                findings.initializer(position.initializer, input.name)
            }
        }
        val projected = input is TokenInput && input.projection != Projection.None
        if (projected && input.position.to != PositionTarget.Input) narrow(input)
    }

    private fun Extent.isRow() = this is Extent.Open || this is Extent.Row

    private fun oneRow(input: InputComponent) {
        val facts = listOf(model.fact("positions", "sinusoidal2d", input.name))
        findings.tell(Problem(input.name, "its positions have no rows and columns", facts, "Say sinusoidal()."))
    }

    private fun narrow(input: InputComponent) {
        val facts = listOf(model.fact("positions", input.position.to, input.name))
        val mend = "Positions of the table's width can only be added before project(): leave out to."
        findings.tell(Problem(input.name, "its positions are narrower than its layers", facts, mend))
    }

    private fun multiple(input: InputComponent, width: Int, of: Int, title: String) {
        if (width <= 0 || width % of == 0) return
        val facts = listOf(model.fact("width", width, if (width == model.width) "" else input.name))
        findings.tell(Problem(input.name, title, facts, "Try width = ${(width / of + 1) * of}."))
    }

    private fun tokens(input: TokenInput) {
        findings.positive("vocab", input.vocabulary, input.name)
        if (input.tableWidth != input.width) findings.positive("width of the table", input.tableWidth, input.name)
        findings.require(
            input.segments >= 0,
            input.name,
            "there are fewer than no segments",
            "segments",
            input.segments,
            "Say segments(2), or leave it out.",
        )
        table(input)
        projection(input, input.projection, input.tableWidth, "tokens(vocab = ${input.vocabulary})")
        val tied = input.table as? Table.Tied ?: return
        val owner = model.components.find { it.name == tied.input } as? TokenInput ?: return
        if (owner.tableWidth == input.tableWidth && owner.vocabulary == input.vocabulary) return
        val facts =
            listOf(
                model.fact("table of ${owner.name}", "[${owner.vocabulary}, ${owner.tableWidth}]", owner.name),
                model.fact("table of ${input.name}", "[${input.vocabulary}, ${input.tableWidth}]", input.name),
            )
        val mend = "Give both the same vocabulary and width, or ${input.name} a table of its own."
        findings.tell(Problem(input.name, "a table cannot be shared by inputs of other sizes", facts, mend))
    }

    private fun table(input: TokenInput) =
        when (val table = input.table) {
            is Table.Own -> findings.initializer(table.initializer, input.name)
            is Table.Tied -> Unit
            is Table.Adaptive -> {
                findings.initializer(table.initializer, input.name)
                findings.positive("factor", table.factor, input.name)
                val bounds = listOf(0) + table.cutoffs + input.vocabulary
                val mend = "Say rising numbers between 0 and the vocabulary: adaptive(20_000, 40_000)."
                val rising = bounds.zipWithNext().all { (left, right) -> left < right }
                findings.require(rising, input.name, "cutoffs do not rise", "cutoffs", table.cutoffs, mend)
            }
        }

    private fun vectors(input: VectorInput) {
        findings.positive("features", input.features, input.name)
        projection(input, input.projection, input.features, "vectors(features = ${input.features})")
    }

    private fun frames(input: FrameInput) {
        findings.positive("features", input.features, input.name)
        input.convolutions.forEach { convolution ->
            findings.positive("channels", convolution.channels, input.name)
            findings.positive("kernel", convolution.kernel, input.name)
            findings.positive("stride", convolution.stride, input.name)
            findings.initializer(convolution.initializer, input.name)
        }
        val given = input.convolutions.lastOrNull()?.channels ?: input.features
        projection(input, input.projection, given, "frames(features = ${input.features})")
    }

    private fun featureMap(input: FeatureMapInput) {
        findings.positive("channels", input.channels, input.name)
        projection(input, input.projection, input.channels, "featureMap(channels = ${input.channels})")
    }

    private fun projection(input: InputComponent, projection: Projection, given: Int, says: String) =
        when (projection) {
            is Projection.Linear -> findings.initializer(projection.initializer, input.name)
            is Projection.None ->
                if (given != input.width) {
                    val facts = listOf(model.fact("given", given, input.name), model.fact("width", input.width, ""))
                    val mend = "Say $says { project() }."
                    findings.tell(Problem(input.name, "what it gives does not have the model's width", facts, mend))
                } else Unit
        }

    private fun image(input: ImageInput) {
        findings.positive("channels", input.channels, input.name)
        findings.positive("rows", input.rows, input.name)
        findings.positive("columns", input.columns, input.name)
        findings.positive("patch", input.patch, input.name)
        findings.initializer(input.projection.initializer, input.name)
        (input.classToken as? ClassToken.Learned)?.let { findings.initializer(it.initializer, input.name) }
        if (
            minOf(input.patch, input.rows, input.columns) > 0 &&
                (input.rows % input.patch != 0 || input.columns % input.patch != 0)
        ) {
            val facts =
                listOf(
                    model.fact("picture", "${input.rows} x ${input.columns}", input.name),
                    model.fact("patch", input.patch, input.name),
                )
            val side = divisorBelow(gcd(input.rows, input.columns), input.patch)
            findings.tell(Problem(input.name, "patches do not divide the picture", facts, "Try patches($side)."))
        }
        val learned = input.position as? Position.Learned ?: return
        val count = (model.extent(input.name) as Extent.Grid).count
        if (learned.length == count || input.patch < 1) return
        val facts =
            listOf(model.fact("positions", learned.length, input.name), model.fact("patches", count, input.name))
        findings.tell(Problem(input.name, "there is not one learned position for each patch", facts, "Say $count."))
    }

    private tailrec fun gcd(left: Int, right: Int): Int = if (right == 0) left else gcd(right, left % right)

    private fun learned(input: LearnedInput) {
        findings.positive("count", input.count, input.name)
        findings.require(
            input.position.length == input.count,
            input.name,
            "it has not as many vectors as positions",
            "positions",
            input.position.length,
            "Say ${input.count}.",
        )
    }

    private fun copies(input: CopiesInput) {
        val source = model.components.find { it.name == input.source }
        if (source is TokenInput && source.width != input.width) {
            val facts =
                listOf(
                    model.fact("width of ${input.name}", input.width, input.name),
                    model.fact("width of ${source.name}", source.width, source.name),
                )
            findings.tell(Problem(input.name, "what it copies has another width", facts, "Give both the same width."))
        }
    }
}
