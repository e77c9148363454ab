package io.heddle.specs.attention

import io.heddle.dsl.Given
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.rules.attentions
import io.heddle.runtime.attention.AttentionAxis
import io.heddle.runtime.attention.AttentionRecorder
import io.heddle.runtime.attention.RecordedAttention
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.language.Models
import io.heddle.specs.language.messages.layer
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.terms.EluPlusOne
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

/** A text is read once, and what each attention gave to each of its positions is kept. */
class AttentionRecorderSpec :
    StringSpec({
        fun record(model: Model, path: String, tokens: Map<String, IntArray>): List<RecordedAttention> =
            Engine.portable(Precision.FLOAT).use { engine ->
                AttentionRecorder(RunnableModel.initialized(model, engine, 1), model.attentions(path)).read(tokens)
            }

        "a translation: who looks at whom, and how much" {
            val tokens = mapOf("source" to intArrayOf(1, 2, 3, 4, 5), "target" to intArrayOf(2, 6, 7))
            val small =
                model("small", width = 8) {
                    val source by tokens(vocab = 9)
                    val target by tokens(vocab = 9)
                    val encoder by
                        stack(source, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val decoder by
                        stack(target, layers = 2) {
                            attention(heads = 2) { causal() }
                            addNorm()
                            crossAttention(from = encoder)
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = target)
                }
            val recorded = record(small, "**", tokens)
            recorded.map { it.place().path } shouldBe small.attentions().map { it.path }
            val (source, target) = AttentionAxis.Positions("source", 5) to AttentionAxis.Positions("target", 3)
            recorded.map { it.queries() to it.keys() } shouldBe
                listOf(source to source) + List(2) { listOf(target to target, target to source) }.flatten()
            recorded.forEach { one ->
                repeat(one.heads()) { head ->
                    one.head(head).forEach { row -> row.sumOf { it.toDouble() } shouldBe (1.0 plusOrMinus 1e-5) }
                }
            }
        }

        "what would be remembered of a text before is left out: there was none" {
            val (first) =
                record(layer { attention(heads = 2) { memory(3) } }, "decoder", mapOf("text" to intArrayOf(1, 2)))
            first.keys() shouldBe AttentionAxis.Positions("text", 2)
            first.head(1).forEach { row -> row.sumOf { it.toDouble() } shouldBe (1.0 plusOrMinus 1e-5) }
        }

        "lowRank gives weights to mixtures of positions" {
            val (first) =
                record(layer { attention(heads = 2) { lowRank(3, length = 7) } }, "**", mapOf("text" to IntArray(5)))
            first.queries() shouldBe AttentionAxis.Positions("text", 5)
            first.keys() shouldBe AttentionAxis.Mixtures("text", 3)
        }

        "an attention without weights, and why" {
            val summed = layer { attention(heads = 2) { kernel = EluPlusOne } }
            told { record(summed, "**", mapOf("text" to IntArray(5))) } shouldStartWith
                "decoder/0/attention: this attention has no weights to show\n" +
                    "  method = kernel   from attention(heads = 2)"
        }

        "a text that is longer than the model has positions" {
            told { record(Models.gpt, "decoder/0", mapOf("text" to IntArray(70))) } shouldRead
                """
                text: the text is longer than the model has positions
                  tokens = 70
                  positions of text = 64
                  Give a shorter one.
                """
        }

        "a model that reads more than its tokens" {
            val graph =
                model("graph", width = 8) {
                    val text by tokens(vocab = 9)
                    val edges by relation(text)
                    val encoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { mask = Given(edges) }
                            addNorm()
                        }
                    val next by logits(encoder, tiedTo = text)
                }
            told { record(graph, "**", mapOf("text" to IntArray(5))) } shouldRead
                """
                graph: the model reads more than tokens
                  also read = edges
                  Attentions are recorded over texts alone.
                """
        }
    })
