package io.heddle.specs.describe

import io.heddle.describe.diff
import io.heddle.describe.equations
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.Start
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.rules.check
import io.heddle.specs.language.generated.model
import io.heddle.terms.Pooling
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Temperature
import io.heddle.terms.Windows2d
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

/** Two models that do not compute the same do not have the same equations, and `diff` tells what was changed. */
class EveryWordIsToldSpec :
    StringSpec({
        "what changes the graph changes the equations, for each word that a model may have"
            .config(tags = setOf(NamedTag("Long"))) {
                val tried = mutableSetOf<String>()
                models().forEach { model ->
                    val equations = model.equations().text()
                    val computed = computed(model)
                    Alterations(model)
                        .all()
                        .filter { (word, _) -> word !in never && word !in tried }
                        .filter { (_, other) -> other.check().isEmpty() && computed(other) != computed }
                        .forEach { (word, other) ->
                            tried += word
                            withClue("$word of\n$equations") {
                                other.equations().text() shouldNotBe equations
                                model.diff(other).isEmpty shouldBe false
                            }
                        }
                }
                (Alterations.words() - tried).sorted() shouldContainExactly never.sorted()
            }
    })

private fun models(): Sequence<Model> = sequence {
    yield(rare)
    (0L until 8).forEach { yield(model(it)) }
}

/** What generated models do not say. */
private val rare =
    model("rare", width = 8) {
        val scene by image(channels = 3, size = 8) { patches(2) }
        val caption by tokens(vocab = 5)
        val near by relativeBias(heads = 2)
        val viewer by
            stack(scene, layers = 1) {
                attention(heads = 2) {
                    relativeBias2d(4)
                    mask = Windows2d(2, shift = 1)
                }
                addNorm()
            }
        val decoder by
            stack(caption, layers = 1) {
                attention(heads = 2) {
                    relativeBias(near)
                    mask = Random(1, seed = 0) or Self
                }
                addNorm()
                crossAttention(from = viewer)
                addNorm()
            }
        val fewer by mergePatches(viewer)
        val kinds by classify(fewer, Pooling.Mean, classes = 3) { multiLabel() }
        val calm by norm(decoder)
        val next by logits(calm)
        val features by
            featureMap(channels = 3) {
                project()
                sinusoidal2d()
                dropout = 0.1
            }
        val thing by classify(features, Pooling.Max, classes = 3)
        val look by pool(fewer, Pooling.Mean)
        val words by pool(calm, Pooling.Mean)
        val alike by contrast(look, words, width = 4, temperature = Temperature.Fixed(0.1))
        objective {
            binaryCrossEntropy(kinds)
            contrastive(alike)
            crossEntropy(next)
            crossEntropy(thing)
            guidedAttention("decoder/**")
        }
    }

/** A model's graph, with numbers for dims that have one. How weights begin to be trained is no part of it. */
private fun computed(model: Model): String = written(model.lower(Purpose.Training))

private fun written(graph: Graph): String =
    graph.nodes.joinToString("\n", postfix = "${graph.outputs}") { node ->
        val op = node.op
        val untrained = if (op is Op.Parameter && op.start is Start.Drawn) op.copy(start = Start.Zeros) else op
        val sizes = node.outputs.flatMap { it.type.shape.dims }.map { if (it.isKnown) "${it.size}" else "$it" }
        "$untrained $sizes ${node.inputs} ${node.outputs}"
    }

/** What cannot be changed by itself, as it is bound to something else. */
private val bound =
    listOf("copies", "featureMap", "frames", "image", "mergedPatches", "norm", "pool", "stack", "tokens", "vectors")
        .map { "$it.width" } + listOf("tokens.tableWidth", "relativeBias.heads", "classify.labels")

/** What says how weights begin, and so nothing of what is computed from them. */
private val beginnings =
    listOf("normal", "truncatedNormal").flatMap { listOf("$it.deviation", "$it.branches") } +
        listOf("xavierNormal", "xavierUniform").flatMap { listOf("$it.gain", "$it.branches") }

/** What a training is given from step to step, and so is no part of its graph. */
private val given = listOf("guidedAttention.weight", "halfLife.steps")

private val never = bound + beginnings + given
