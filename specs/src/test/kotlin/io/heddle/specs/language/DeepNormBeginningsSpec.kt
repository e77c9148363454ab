package io.heddle.specs.language

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.tensor.Precision
import io.heddle.terms.Causal
import io.heddle.terms.DeepNorm
import io.heddle.terms.Everything
import io.heddle.terms.Gelu
import io.heddle.terms.Layout
import io.heddle.terms.Mask
import io.heddle.terms.PostNorm
import io.heddle.terms.XavierNormal
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.pow

/**
 * What DeepNorm's matrices begin with (arXiv 2203.00555, figure 2): those of feed-forwards, values and outputs are
 * drawn by Xavier's normal rule with a gain of beta, queries and keys with a gain of 1; all else is as without it.
 */
class DeepNormBeginningsSpec :
    StringSpec({
        "an encoder alone: (8 N)^(-1/4)" {
            val layers = 5
            gains({ encoder(it, layers, Everything) }) { (8.0 * layers).pow(-0.25) }
        }

        "a decoder alone: (8 M)^(-1/4)" {
            val layers = 3
            gains({ encoder(it, layers, Causal) }) { (8.0 * layers).pow(-0.25) }
        }

        "an encoder of N and a decoder of M layers: 0.87 (N^4 M)^(-1/16) and (12 M)^(-1/4)" {
            val (encoder, decoder) = 4 to 2
            gains({ translator(it, encoder, decoder) }) { name ->
                if (name.startsWith("encoder")) 0.87 * (encoder.toDouble().pow(4) * decoder).pow(-1.0 / 16)
                else (12.0 * decoder).pow(-0.25)
            }
        }
    })

private val scaled = Regex(".*/(value|output|up|down|gate)/weight")

/** Each weight as a multiple of what post-norm begins with: what is drawn depends on the seed and the name alone. */
private fun gains(describe: (Layout) -> Model, beta: (String) -> Double) {
    fun begun(layout: Layout) =
        ParameterBuffer.initialized(describe(layout).lower(Purpose.Inference), Precision.DOUBLE, 3).tensors()
    val plain = begun(PostNorm)
    val deep = begun(DeepNorm)
    deep.keys shouldBe plain.keys
    deep.keys.filter(scaled::matches).shouldNotBeEmpty()
    deep.forEach { (name, tensor) ->
        val wanted = if (scaled.matches(name)) beta(name) else 1.0
        val numbers = tensor.ravel().toDoubleVector()
        plain.getValue(name).ravel().toDoubleVector().forEachIndexed { at, before ->
            withClue("$name[$at]") { numbers[at] shouldBe (wanted * before plusOrMinus 1e-12) }
        }
    }
}

private fun BlockScope.layer(mask: Mask) {
    attention(heads = 2) { this.mask = mask }
    addNorm()
    feedForward { activation = Gelu }
    addNorm()
}

private fun encoder(layout: Layout, layers: Int, mask: Mask): Model =
    model("alone", width = 8) {
        this.layout = layout
        initializer = XavierNormal()
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers) { layer(mask) }
        val next by logits(encoder)
        check(next.name == "next")
    }

private fun translator(layout: Layout, encoderLayers: Int, decoderLayers: Int): Model =
    model("both", width = 8) {
        this.layout = layout
        initializer = XavierNormal()
        val source by tokens(vocab = 5)
        val target by tokens(vocab = 5)
        val encoder by stack(source, encoderLayers) { layer(Everything) }
        val decoder by
            stack(target, decoderLayers) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }
