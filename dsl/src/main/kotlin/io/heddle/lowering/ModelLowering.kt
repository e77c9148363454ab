package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Element
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.CrossEntropy
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.rules.decodedStacks

/** Writes the components of a checked model that its purpose needs. */
internal class ModelLowering(private val model: Model, private val purpose: Purpose) {
    private val context = LoweringContext(purpose)
    private val graph = context.graph
    private val inputs = InputLowering(model, context)
    private val sequences = HashMap<String, Sequence>()
    private val scores = HashMap<String, Value>()

    fun lower(): Graph {
        when (purpose) {
            Purpose.Training -> loss()
            Purpose.Evaluation -> {
                loss()
                scored()
            }
            Purpose.Inference -> {
                model.ends().forEach { graph.output(it.name, sequence(it.name).vectors) }
                scored()
            }
            Purpose.Encoding -> model.decodedStacks().forEach { stacked(it).encode() }
            Purpose.Decoding -> scored()
        }
        return graph.build()
    }

    private fun scored() = model.all<Logits>().forEach { graph.output(it.name, logits(it)) }

    private fun sequence(name: String): Sequence {
        sequences[name]?.let {
            return it
        }
        return when (val component = model.component(name) as SequenceComponent) {
            is InputComponent -> Sequence(inputs.lower(component), name)
            is Stack -> {
                // What is attended to comes first, so that a graph reads in the order of its model.
                if (purpose != Purpose.Decoding) component.attended().forEach { sequence(it) }
                stacked(component).lower(sequence(component.input))
            }
            is NormComponent -> {
                val below = sequence(component.input)
                below.copy(vectors = context.norm(below.vectors, component.norm, component.bias, name))
            }
        }.also { sequences[name] = it }
    }

    private fun stacked(stack: Stack): StackLowering = StackLowering(context, inputs, stack) { memory(it) }

    private fun memory(name: String): Memory = Memory(model.inputBelow(name)) { sequence(name).vectors }

    private fun logits(head: Logits): Value =
        scores.getOrPut(head.name) {
            val below = sequence(head.input)
            val x = if (purpose == Purpose.Decoding) last(below) else below.vectors
            val table = table(head, x.type.shape.last)
            val product = graph.first(Op.MatMul(ProductForm.RowsByRows), head.name, x, table)
            if (head.bias) context.biased(product, head.name) else product
        }

    private fun table(head: Logits, width: Dim): Value =
        when (val table = head.table) {
            is Table.Tied -> inputs.table(model.component(table.input) as TokenInput)
            is Table.Own -> {
                val start = Start.Drawn(table.initializer, width.size, head.vocabulary.toLong(), 1)
                context.parameter(
                    "${head.name}/weight",
                    Shape(Dims.vocabulary(head.vocabulary), width),
                    start,
                    Role.Matrix,
                )
            }
        }

    private fun last(sequence: Sequence): Value {
        val fresh = context.input(Names.fresh(sequence.input), TensorType.index(Dims.batch))
        return graph.first(Op.TakeLast, sequence.input, sequence.vectors, fresh)
    }

    private fun loss() {
        val terms =
            model.objectives.map { objective ->
                when (objective) {
                    is CrossEntropy -> crossEntropy(objective)
                }
            }
        graph.output(Names.LOSS, terms.reduce { sum, term -> graph.first(Op.Add, "loss", sum, term) })
    }

    private fun crossEntropy(objective: CrossEntropy): Value {
        val head = model.component(objective.logits) as Logits
        val scores = logits(head)
        val labels = context.input(Names.labels(head.name), TensorType(Element.Index, scores.type.shape.leading(1)))
        val smoothing = if (purpose == Purpose.Training) objective.labelSmoothing else 0.0
        val sum = graph.add(Op.CrossEntropy(smoothing), listOf(scores, labels), head.name).first()
        return graph.first(Op.Multiply, head.name, sum, context.input(Names.NORMALIZER, TensorType.real()))
    }
}
