package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.FeedForward
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Part
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.Rotary
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.LayerNorm
import io.heddle.terms.Norm
import io.heddle.terms.Normal
import io.heddle.terms.RmsNorm
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform

/** Sizes are positive, rates are rates, and what meets has one width. */
internal class SizeRules(private val model: Model) {
    private val problems = mutableListOf<Problem>()

    fun problems(): List<Problem> {
        positive("width", model.width, "")
        model.components.forEach { component ->
            when (component) {
                is TokenInput -> tokens(component)
                is VectorInput -> vectors(component)
                is Stack -> stack(component)
                is NormComponent -> {
                    norm(component.norm, component.name)
                    sameWidth(component.name, component.width, component.input)
                }
                is Logits -> logits(component)
            }
        }
        model.objectives.forEach { objective ->
            when (objective) {
                is CrossEntropy -> rate("labelSmoothing", objective.labelSmoothing, "objective")
            }
        }
        return problems
    }

    /** Which of several `addNorm()` it is, its line tells. */
    private fun place(path: String) = path.substringBefore('#').ifEmpty { model.name }

    private fun positive(name: String, size: Int, path: String) {
        if (size > LARGEST) {
            problems +=
                Problem(
                    place(path),
                    "$name is too large",
                    listOf(model.fact(name, size, path)),
                    "At most $LARGEST will do.",
                )
        }
        if (size > 0) return
        problems +=
            Problem(place(path), "$name is not positive", listOf(model.fact(name, size, path)), "Say 1 or more.")
    }

    private fun rate(name: String, rate: Double, path: String) {
        if (rate >= 0.0 && rate < 1.0) return
        problems +=
            Problem(
                place(path),
                "$name is not a rate",
                listOf(model.fact(name, rate, path)),
                "A rate is at least 0 and below 1, as in 0.1.",
            )
    }

    private fun amount(name: String, amount: Double, path: String) {
        if (amount > 0.0 && amount.isFinite()) return
        problems +=
            Problem(
                place(path),
                "$name is not a positive number",
                listOf(model.fact(name, amount, path)),
                "Say a number above 0.",
            )
    }

    private fun initializer(initializer: Initializer, path: String) =
        when (initializer) {
            is Normal -> amount("deviation", initializer.deviation, path)
            is TruncatedNormal -> amount("deviation", initializer.deviation, path)
            is XavierNormal -> amount("gain", initializer.gain, path)
            is XavierUniform -> amount("gain", initializer.gain, path)
            is KaimingNormal,
            is KaimingUniform -> Unit
        }

    private fun norm(norm: Norm, path: String) =
        when (norm) {
            is LayerNorm -> amount("epsilon", norm.epsilon, path)
            is RmsNorm -> amount("epsilon", norm.epsilon, path)
        }

    private fun table(table: Table, path: String) =
        when (table) {
            is Table.Own -> initializer(table.initializer, path)
            is Table.Tied -> Unit
        }

    private fun input(input: InputComponent) {
        if (input.width != model.width) positive("width", input.width, input.name)
        rate("dropout", input.dropout, input.name)
        when (val position = input.position) {
            is Position.None -> Unit
            is Position.Learned -> {
                positive("positions", position.length, input.name)
                initializer(position.initializer, input.name)
            }
            is Position.Sinusoidal ->
                if (input.width > 0 && input.width % 2 != 0) {
                    val facts =
                        listOf(model.fact("width", input.width, if (input.width == model.width) "" else input.name))
                    problems +=
                        Problem(
                            input.name,
                            "sines and cosines need an even width",
                            facts,
                            "Try width = ${input.width + 1}.",
                        )
                }
        }
    }

    private fun tokens(input: TokenInput) {
        input(input)
        positive("vocab", input.vocabulary, input.name)
        table(input.table, input.name)
        val owner =
            (input.table as? Table.Tied)?.let { tied -> model.components.find { it.name == tied.input } } as? TokenInput
                ?: return
        if (owner.width == input.width && owner.vocabulary == input.vocabulary) return
        val facts =
            listOf(
                model.fact("table of ${owner.name}", "[${owner.vocabulary}, ${owner.width}]", owner.name),
                model.fact("table of ${input.name}", "[${input.vocabulary}, ${input.width}]", input.name),
            )
        problems +=
            Problem(
                input.name,
                "a table cannot be shared by inputs of other sizes",
                facts,
                "Give both the same vocabulary and width, or ${input.name} a table of its own.",
            )
    }

    private fun vectors(input: VectorInput) {
        input(input)
        positive("features", input.features, input.name)
        when (val projection = input.projection) {
            is Projection.Linear -> initializer(projection.initializer, input.name)
            is Projection.None ->
                if (input.features != input.width) {
                    val facts =
                        listOf(model.fact("features", input.features, input.name), model.fact("width", input.width, ""))
                    problems +=
                        Problem(
                            input.name,
                            "the vectors do not have the model's width",
                            facts,
                            "Say vectors(features = ${input.features}) { project() }.",
                        )
                }
        }
    }

    private fun stack(stack: Stack) {
        sameWidth(stack.name, stack.width, stack.input)
        stack.layers.forEachIndexed { number, layer ->
            layer.parts.forEachIndexed { at, part -> part(part, "${stack.name}/$number", at, stack.width) }
        }
    }

    private fun part(part: Part, layer: String, at: Int, width: Int) =
        when (part) {
            is AddNorm -> {
                norm(part.norm, "$layer/addNorm#${at + 1}")
                rate("dropout", part.dropout, "$layer/addNorm#${at + 1}")
            }
            is FeedForward -> {
                // What follows from a width that is not positive is not told again.
                if (width > 0) positive("hidden", part.hidden, "$layer/${part.name}")
                rate("dropout", part.dropout, "$layer/${part.name}")
                initializer(part.initializer, "$layer/${part.name}")
            }
            is Attention -> {
                attending(part, "$layer/${part.name}", width)
                rotary(part, "$layer/${part.name}")
                problems += MaskRules(model, "$layer/${part.name}", part.heads).problems(part.mask)
            }
            is CrossAttention -> attending(part, "$layer/${part.name}", width)
        }

    private fun attending(part: Attending, path: String, width: Int) {
        positive("heads", part.heads, path)
        if (part.keyValueHeads != part.heads) positive("keyValueHeads", part.keyValueHeads, path)
        rate("dropout", part.dropout, path)
        initializer(part.initializer, path)
        (part.scale as? AttentionScale.Fixed)?.let { amount("scale", it.factor, path) }
        if (part.heads <= 0 || part.keyValueHeads <= 0) return
        if (width > 0 && model.findings.none { it.place == path }) positive("headWidth", part.headWidth, path)
        val together = part.heads.toLong() * part.headWidth
        if (together > LARGEST) {
            val facts = listOf(model.fact("heads", part.heads, path), model.fact("headWidth", part.headWidth, path))
            problems +=
                Problem(
                    path,
                    "heads are too wide together",
                    facts,
                    "heads * headWidth is $together, and at most $LARGEST will do.",
                )
        }
        if (part.heads % part.keyValueHeads == 0) return
        val facts = listOf(model.fact("heads", part.heads, path), model.fact("keyValueHeads", part.keyValueHeads, path))
        val mend =
            "Each head of keys and values serves the same number of query heads. " +
                "Try keyValueHeads = ${divisorBelow(part.heads, part.keyValueHeads)}."
        problems += Problem(path, "heads of keys and values do not divide heads", facts, mend)
    }

    private fun rotary(part: Attention, path: String) {
        val rotary = part.rotary as? Rotary.Turned ?: return
        amount("base", rotary.base, path)
        if (part.headWidth % 2 == 0) return
        val facts = listOf(Fact("headWidth", "${part.headWidth}"), model.fact("heads", part.heads, path))
        problems +=
            Problem(
                path,
                "rotary positions turn pairs, and a head has an odd width",
                facts,
                "Choose heads so that width / heads is even.",
            )
    }

    private fun sameWidth(path: String, width: Int, input: String) {
        val below = model.components.find { it.name == input } as? SequenceComponent ?: return
        if (below.width == width) return
        val facts = listOf(model.fact("width of $path", width, path), model.fact("width of $input", below.width, input))
        problems += Problem(path, "its input has another width", facts, "Give both the same width.")
    }

    private fun logits(head: Logits) {
        if (model.all<TokenInput>().none { it.vocabulary == head.vocabulary })
            positive("vocab", head.vocabulary, head.name)
        table(head.table, head.name)
        val tied = head.table as? Table.Tied ?: return
        val owner = model.components.find { it.name == tied.input } as? TokenInput ?: return
        val below = model.components.find { it.name == head.input } as? SequenceComponent ?: return
        if (owner.width == below.width && owner.vocabulary == head.vocabulary) return
        val facts =
            listOf(
                model.fact("table of ${owner.name}", "[${owner.vocabulary}, ${owner.width}]", owner.name),
                model.fact("wanted", "[${head.vocabulary}, ${below.width}]", head.name),
            )
        problems +=
            Problem(
                head.name,
                "the table it is tied to has other sizes",
                facts,
                "Leave tiedTo out, or give both the same width and vocabulary.",
            )
    }

    private companion object {
        /** Of every size: no machine holds more, and products of sizes stay numbers. */
        const val LARGEST = 1 shl 24
    }
}

/** The largest divisor of [number] that is not above [limit]. */
internal fun divisorBelow(number: Int, limit: Int): Int = (minOf(limit, number) downTo 1).first { number % it == 0 }
