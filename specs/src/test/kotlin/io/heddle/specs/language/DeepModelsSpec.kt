package io.heddle.specs.language

import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Op
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.rules.check
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlin.time.Duration
import kotlin.time.measureTime

private const val LAYERS = 96
private const val RUNS = 20

/**
 * The deepest models of the field.
 *
 * `mvn test -Plong -Dtest=DeepModelsSpec -Dsurefire.failIfNoSpecifiedTests=false` prints how long they take, the first
 * time in a process and when it is warm.
 */
class DeepModelsSpec :
    StringSpec({
        val models = listOf(decoderOnly() to 1, encoderDecoder() to 3)
        val purposes = listOf(Purpose.Inference, Purpose.Training)

        models.forEach { (model, attentions) ->
            "${model.name}: 96 layers are checked, lowered and verified"
                .config(tags = setOf(NamedTag("Long"))) {
                    purposes.forEach { purpose ->
                        val first = measureTime { verified(model, purpose) }
                        println("${model.name} for $purpose: $first in a new process")
                    }
                    purposes.forEach { purpose ->
                        repeat(RUNS) { verified(model, purpose) }
                        val times = List(RUNS) { measureTime { verified(model, purpose) } }
                        println("${model.name} for $purpose: ${median(times)} when warm")
                    }
                }

            "${model.name}: every layer is in the graph" {
                purposes.forEach { purpose ->
                    val graph = verified(model, purpose)
                    graph.nodes.count { it.op is Op.Attention } shouldBe attentions * LAYERS
                }
            }
        }
    })

private fun verified(model: Model, purpose: Purpose): Graph {
    model.check().shouldBeEmpty()
    val graph = model.lower(purpose)
    GraphVerifier.problems(graph).shouldBeEmpty()
    return graph
}

private fun median(times: List<Duration>) = times.sorted()[times.size / 2]

/** GPT-3's shape (arXiv 2005.14165, table 2.1). */
private fun decoderOnly() =
    model("gpt3", width = 12_288) {
        layout = PreNorm
        val text by tokens(vocab = 50_257) { learnedPositions(2_048) }
        val decoder by
            stack(text, layers = LAYERS) {
                attention(heads = 96) { causal() }
                addNorm()
                feedForward { activation = Gelu }
                addNorm()
            }
        val next by logits(decoder, tiedTo = text)
    }

/** The large model of "Attention Is All You Need", made deep. */
private fun encoderDecoder() =
    model("deep-transformer", width = 1_024) {
        layout = PreNorm
        val source by tokens(vocab = 32_000)
        val target by tokens(tiedTo = source)
        val encoder by
            stack(source, layers = LAYERS) {
                attention(heads = 16)
                addNorm()
                feedForward()
                addNorm()
            }
        val decoder by
            stack(target, layers = LAYERS) {
                attention(heads = 16) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
    }
