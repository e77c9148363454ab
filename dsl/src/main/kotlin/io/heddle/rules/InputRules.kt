package io.heddle.rules

import io.heddle.messages.InputMessages
import io.heddle.messages.Message
import io.heddle.messages.PositionMessages
import io.heddle.messages.SizeMessages
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
import io.heddle.model.SpokenInput
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.model.extent
import io.heddle.model.word
import io.heddle.terms.PatchEdge
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
            is SpokenInput -> spoken(input)
            is ImageInput -> image(input)
            is FeatureMapInput -> featureMap(input)
            is LearnedInput -> learned(input)
            is CopiesInput -> copies(input)
        }
        position(input)
    }

    private fun position(input: InputComponent) {
        val said = input.name.word("position")
        val width = (input as? TokenInput)?.tableWidth ?: input.width
        when (val position = input.position) {
            is Position.None -> Unit
            is Position.Learned -> {
                // Of vectors and pictures, how many there are is told.
                if (input !is LearnedInput && input !is ImageInput)
                    findings.positive("positions", position.length, said)
                val rows = PositionMessages.unusedIsNoNumberOfRows()
                findings.require(position.unused in 0..Findings.LARGEST, said, "unused", position.unused, rows)
                findings.initializer(position.initializer, said)
            }
            is Position.Sinusoidal -> multiple(input, width, 2, SizeMessages::wavesNeedEvenWidth)
            is Position.Sinusoidal2d -> {
                multiple(input, width, 4, SizeMessages::gridWavesNeedFourParts)
                if (model.extent(input.name).isRow()) oneRow(input)
            }
            is Position.Floater -> {
                findings.positive("steps", position.steps, said)
                findings.positive("hidden", position.hidden, said)
                findings.initializer(position.initializer, said)
            }
        }
        val projected = input is TokenInput && input.projection != Projection.None
        if (projected && input.position.to != PositionTarget.Input) narrow(input)
    }

    private fun Extent.isRow() = this is Extent.Open || this is Extent.Row

    private fun oneRow(input: InputComponent) {
        val said = model.fact("positions", "sinusoidal2d", input.name.word("position"))
        findings.tell(PositionMessages.inputHasNoGrid().at(input.name, said))
    }

    private fun narrow(input: InputComponent) {
        val to = model.fact("positions", input.position.to, input.name.word("position"))
        findings.tell(PositionMessages.positionsAreNarrow().at(input.name, to))
    }

    private fun multiple(input: InputComponent, width: Int, of: Int, message: (Int) -> Message) {
        if (width <= 0 || width % of == 0) return
        val said = model.fact("width", width, if (width == model.width) "" else input.name)
        val facts = listOf(said) + model.edited("position", input.position, input.name)
        findings.tell(message((width / of + 1) * of).at(input.name, facts))
    }

    private fun tokens(input: TokenInput) {
        findings.positive("vocab", input.vocabulary, input.name.word("vocabulary"))
        if (input.tableWidth != input.width) findings.positive("width of the table", input.tableWidth, input.name)
        findings.notTooLarge("segments", input.segments, input.name)
        val none = InputMessages.fewerThanNoSegments()
        findings.require(input.segments >= 0, input.name, "segments", input.segments, none)
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
        findings.tell(InputMessages.sharedTableHasOtherSizes(input.name).at(input.name, facts))
    }

    private fun table(input: TokenInput) =
        when (val table = input.table) {
            is Table.Own -> findings.initializer(table.initializer, input.name.word("table"))
            is Table.Tied -> Unit
            is Table.Adaptive -> {
                findings.initializer(table.initializer, input.name.word("table"))
                findings.positive("factor", table.factor, input.name)
                val bounds = listOf(0) + table.cutoffs + input.vocabulary
                val rising = bounds.zipWithNext().all { (left, right) -> left < right }
                findings.require(rising, input.name, "cutoffs", table.cutoffs, InputMessages.cutoffsDoNotRise())
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
            findings.initializer(convolution.initializer, input.name.word("convolutions"))
        }
        val given = input.convolutions.lastOrNull()?.channels ?: input.features
        projection(input, input.projection, given, "frames(features = ${input.features})")
    }

    private fun spoken(input: SpokenInput) {
        findings.positive("features", input.features, input.name)
        findings.positive("reduction", input.reduction, input.name)
        if (minOf(input.features, input.reduction) > 0 && input.numbers > Findings.LARGEST) {
            val facts =
                listOf("features" to input.features, "reduction" to input.reduction).map { (word, value) ->
                    model.fact(word, value, input.name)
                }
            findings.tell(InputMessages.tooMuchTogether(Findings.LARGEST).at(input.name, facts))
        }
        input.preNet.forEach { layer ->
            findings.positive("width of preNet()", layer.width, input.name)
            findings.rate("dropout of preNet()", layer.dropout, input.name)
            findings.initializer(layer.initializer, input.name.word("preNet"))
        }
        val given = input.preNet.lastOrNull()?.width ?: input.numbers.coerceAtMost(Int.MAX_VALUE.toLong()).toInt()
        projection(input, input.projection, given, "spoken(features = ${input.features})")
    }

    private fun featureMap(input: FeatureMapInput) {
        findings.positive("channels", input.channels, input.name)
        projection(input, input.projection, input.channels, "featureMap(channels = ${input.channels})")
    }

    private fun projection(input: InputComponent, projection: Projection, given: Int, says: String) =
        when (projection) {
            is Projection.Linear -> findings.initializer(projection.initializer, input.name.word("projection"))
            is Projection.None ->
                if (given != input.width) {
                    val facts = listOf(model.fact("given", given, input.name), model.fact("width", input.width, ""))
                    findings.tell(InputMessages.widthIsNotTheModels(says).at(input.name, facts))
                } else Unit
        }

    private fun image(input: ImageInput) {
        findings.positive("channels", input.channels, input.name)
        findings.positive("rows", input.rows, input.name)
        findings.positive("columns", input.columns, input.name)
        findings.positive("patch", input.patch, input.name)
        findings.initializer(input.projection.initializer, input.name.word("projection"))
        (input.classToken as? ClassToken.Learned)?.let {
            findings.initializer(it.initializer, input.name.word("classToken"))
        }
        if (input.edge == PatchEdge.Whole && leavesPixels(input)) {
            val facts =
                listOf(
                    model.fact("picture", "${input.rows} x ${input.columns}", input.name),
                    model.fact("patch", input.patch, input.name),
                )
            val side = divisorBelow(gcd(input.rows, input.columns), input.patch)
            findings.tell(InputMessages.patchesDoNotDivide(side).at(input.name, facts))
        }
        val learned = input.position as? Position.Learned ?: return
        val count = (model.extent(input.name) as Extent.Grid).count
        if (learned.length.toLong() == count || input.patch < 1) return
        val facts =
            listOf(
                model.fact("positions", learned.length, input.name.word("position")),
                model.fact("patches", count, input.name),
            )
        findings.tell(PositionMessages.notOnePositionAPatch(count).at(input.name, facts))
    }

    private fun leavesPixels(input: ImageInput): Boolean =
        minOf(input.patch, input.rows, input.columns) > 0 &&
            (input.rows % input.patch != 0 || input.columns % input.patch != 0)

    private tailrec fun gcd(left: Int, right: Int): Int = if (right == 0) left else gcd(right, left % right)

    private fun learned(input: LearnedInput) {
        findings.positive("count", input.count, input.name)
        val length = input.position.length
        val other = PositionMessages.notOneVectorAPosition(input.count)
        findings.require(length == input.count, input.name.word("position"), "positions", length, other)
    }

    private fun copies(input: CopiesInput) {
        val source = model.components.find { it.name == input.source }
        if (source is TokenInput && source.width != input.width) {
            val facts =
                listOf(
                    model.fact("width of ${input.name}", input.width, input.name),
                    model.fact("width of ${source.name}", source.width, source.name),
                )
            findings.tell(InputMessages.copiedHasAnotherWidth().at(input.name, facts))
        }
    }
}
