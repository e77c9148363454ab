package io.heddle.specs.golden

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.terms.Among
import io.heddle.terms.PreNorm
import io.heddle.terms.Relu
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.FunSpec

/** Switch transformers: T5 with experts in every second layer, and room for every word that chooses one. */
class ExpertFamiliesSpec : FunSpec({ agree("Switch sends each word to one of four experts", switch()) })

internal fun switch() =
    Reference(
        "switch_moe",
        model("switch", width = 24) {
            layout = PreNorm
            norm = RmsNorm(1e-6)
            bias = false
            val source by tokens(vocab = 60)
            val target by tokens(tiedTo = source)
            val encoderBias by relativeBias(heads = 4, buckets = 8, distance = 16)
            val decoderBias by relativeBias(heads = 4, buckets = 8, distance = 16, bidirectional = false)
            fun BlockScope.expertsIn(layer: Int) {
                if (layer == 1) experts(4, topK = 1, capacity = 4.0) { feedForward(hidden = 40) { activation = Relu } }
                else feedForward(hidden = 40) { activation = Relu }
            }
            val encoder by
                stack(source, layers = 2) { layer ->
                    attention(heads = 4) {
                        relativeBias(encoderBias)
                        scale = 1.0
                    }
                    addNorm()
                    expertsIn(layer)
                    addNorm()
                }
            val decoder by
                stack(target, layers = 2) { layer ->
                    attention(heads = 4) {
                        causal()
                        relativeBias(decoderBias)
                        scale = 1.0
                    }
                    addNorm()
                    crossAttention(from = encoder) { scale = 1.0 }
                    addNorm()
                    expertsIn(layer)
                    addNorm()
                }
            val next by logits(decoder, tiedTo = target) { scaledDown() }
            objective {
                crossEntropy(next)
                loadBalance("**", weight = 0.001, among = Among.Sequence)
                routerSize("**", weight = 0.001)
            }
        },
        names("switch_transformers"),
        mapOf("batch" to 2L, "source" to 8L, "target" to 6L),
        mapOf("next" to "out.logits"),
    ) {
        tokens("source", it, "in.input_ids")
        setInput(Names.lengths("source"), intArrayOf(8, 8))
        shifted(it, start = 0, padding = 0, Names.normalizer("next"))
    }
