package io.heddle.describe

import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Copying
import io.heddle.model.Dense
import io.heddle.model.Head
import io.heddle.model.Labels
import io.heddle.model.Logits
import io.heddle.model.LogitsScale
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.ScoreCap
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Structure
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.terms.CopyHeads
import io.heddle.terms.Pooling
import io.heddle.terms.Temperature

/** Says what is asked of sequences and vectors. */
internal class HeadEquations(private val model: Model) {
    fun section(head: Head): EquationSection =
        EquationSection.of(
            head.name,
            when (head) {
                is Logits -> logits(head)
                is Pool -> {
                    val made = transformed(pooled(head.input, head.pooling), head.transform)
                    listOf(Equation(name(head.name), made, width(head.transform)))
                }
                is Classify -> listOf(classified(head))
                is Boxes -> listOf(boxes(head))
                is Speech -> speech(head)
                is Contrast -> contrast(head)
            },
        )

    private fun transformed(of: Term, transform: Transform): Term {
        val dense =
            when (val dense = transform.dense) {
                is Dense.None -> of
                is Dense.Layer -> activated(dense.activation, linear(of, "dense", dense.bias))
            }
        return normed(transform.norm, transform.normBias, dense)
    }

    private fun width(transform: Transform): String =
        when (val dense = transform.dense) {
            is Dense.None -> ""
            is Dense.Layer -> "dense to ${grouped(dense.width)}"
        }

    private fun noted(vararg notes: String): String = notes.filter { it.isNotEmpty() }.joinToString()

    private fun pooled(input: String, pooling: Pooling): Term =
        when (pooling) {
            Pooling.First -> Term.Row(name(input), number(0))
            Pooling.Last -> Term.Row(name(input), name("last"))
            Pooling.Mean -> call("mean", name(input))
            Pooling.Max -> call("max", name(input))
            Pooling.Attentive ->
                product(Term.Transposed(call("softmax", linear(name(input), "pooling", true))), name(input))
            Pooling.Each -> name(input)
        }

    private fun logits(head: Logits): List<Equation> {
        val vectors = transformed(name(head.input), head.transform)
        val scaled =
            when (head.scale) {
                LogitsScale.One -> vectors
                LogitsScale.InverseRootWidth -> Term.Fraction(vectors, Term.Root(number(width(head))))
            }
        val product = product(scaled, table(head))
        val biased = if (head.bias) sum(product, name("b")) else product
        val capped =
            when (val cap = head.cap) {
                is ScoreCap.None -> biased
                is ScoreCap.Soft -> product(number(cap.limit), call("tanh", Term.Fraction(biased, number(cap.limit))))
            }
        return copied(head, capped, vectors) + chained(head)
    }

    private fun width(head: Logits): Int {
        val below = model.component(head.input.substringBefore('/')) as SequenceComponent
        return head.transform.widthAfter(below.outputWidth)
    }

    private fun table(head: Logits): Term =
        when (val table = head.table) {
            is Table.Tied -> Term.Transposed(InputEquations.table(model.component(table.input) as TokenInput))
            is Table.Own,
            is Table.Adaptive -> weight(head.name)
        }

    private fun about(head: Logits): String = noted(words(head), width(head.transform))

    private fun words(head: Logits): String =
        when (val table = head.table) {
            is Table.Tied -> {
                val input = model.component(table.input) as TokenInput
                val owner = (input.table as? Table.Tied)?.input ?: input.name
                "the table of $owner" +
                    if ((model.component(owner) as TokenInput).table is Table.Adaptive) ", by groups of tokens" else ""
            }
            is Table.Own,
            is Table.Adaptive -> "${grouped(head.vocabulary)} tokens"
        }

    private fun copied(head: Logits, scores: Term, vectors: Term): List<Equation> {
        val copying = head.copying as? Copying.From ?: return listOf(Equation(name(head.name), scores, about(head)))
        val own = product(name("g"), call("softmax", name("z")))
        val other = product(Term.Call("", listOf(sum(number(1), Term.Minus(name("g"))))), name("copied"))
        return listOf(
            Equation(name(head.name), call("log", sum(own, other))),
            Equation(name("z"), scores, about(head)),
            Equation(name("g"), call("sigmoid", linear(vectors, "copy", true))),
            Equation(
                name("copied"),
                Term.Words("what ${copying.through} gives to each word of ${copying.source}, ${copying.heads.words()}"),
                "words that the vocabulary lacks have rows of their own",
            ),
        )
    }

    private fun CopyHeads.words(): String =
        when (this) {
            is CopyHeads.Mean -> "its heads' mean"
            is CopyHeads.One -> "its head $head"
        }

    private fun chained(head: Logits): List<Equation> {
        val chain = head.structure as? Structure.Chain ?: return emptyList()
        val own = Term.Row(name(head.name), name("t, w(t)"))
        val pair = product(Term.Row(name("L"), name("w(t - 1)")), Term.Transposed(Term.Row(name("R"), name("w(t)"))))
        val scores = Term.Total("t", sum(own, pair))
        val note =
            "L and R of rank ${grouped(chain.rank)}, Z over the ${grouped(chain.beam)} best words of each position"
        return listOf(Equation(call("log p", name("w")), sum(scores, Term.Minus(call("log", name("Z")))), note))
    }

    private fun classified(head: Classify): Equation {
        val ready = dropped(head.dropout, transformed(pooled(head.input, head.pooling), head.transform))
        val labels = if (head.labels == Labels.Many) "any number of them true" else ""
        val dropout = if (head.dropout == 0.0) "" else "dropout ${plain(head.dropout)}"
        val notes = noted("${grouped(head.classes)} classes", labels, width(head.transform), dropout)
        return Equation(name(head.name), linear(ready, head.name, head.bias), notes)
    }

    private fun boxes(head: Boxes): Equation {
        val inside = (0 until head.layers - 1).fold(name(head.input)) { y, at -> call("relu", linear(y, "$at", true)) }
        return Equation(
            name(head.name),
            call("sigmoid", linear(inside, "${head.layers - 1}", true)),
            "center, width, height",
        )
    }

    private fun speech(head: Speech): List<Equation> {
        val together = if (head.reduction == 1) "" else ", ${head.reduction} at once"
        return listOf(
            Equation(
                name(head.name),
                linear(name(head.input), "frames", true),
                "frames of ${grouped(head.features)}$together",
            ),
            Equation(name("stop"), linear(name(head.input), "stop", true), "a score of each that it is the last"),
        )
    }

    private fun contrast(head: Contrast): List<Equation> {
        fun unit(of: String, side: String) = call("unit", product(name(of), weight(side)))
        val cosines = product(unit(head.left, "left"), Term.Transposed(unit(head.right, "right")))
        val tau =
            when (val temperature = head.temperature) {
                is Temperature.Fixed -> "tau = ${plain(temperature.value)}"
                is Temperature.Learned -> "tau trained, from ${plain(temperature.start)}"
            }
        val note = noted("both to ${grouped(head.width)}", tau)
        return listOf(Equation(name(head.name), Term.Fraction(cosines, name("tau")), note))
    }
}
