package io.heddle.specs.generate

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.model.RunnableModel
import io.heddle.terms.Causal
import io.heddle.terms.Normal
import io.heddle.terms.Window
import kotlin.math.exp

/** One layer that sees the last two of four tokens and no positions: what comes next depends on those alone. */
internal fun shortSighted(name: String, width: Int = 8): Model =
    model(name, width) {
        initializer = Normal(0.5)
        val text by tokens(vocab = 4) { noPositions() }
        val decoder by
            stack(text, layers = 1) {
                attention(heads = 2) { mask = Causal and Window(1) }
                addNorm()
                feedForward()
                addNorm()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

/** `p(next | tokens)` of a model that goes on with text. */
internal fun RunnableModel.probabilities(tokens: List<Int>): List<Double> {
    val scores = DecodingSession.of(this, 1).read(arrayOf(tokens.toIntArray())).getRow(0).toDoubleVector()
    val highest = scores.max()
    val sum = scores.sumOf { exp(it - highest) }
    return scores.map { exp(it - highest) / sum }
}

/** Each way to write word by word. */
internal val waysWordByWord: List<Decoding> =
    listOf(
        Decoding.Greedy,
        Decoding.Sampling(),
        Decoding.Contrastive(3),
        Decoding.Beam(3),
        Decoding.DiverseBeam(4, groups = 2),
    )

/** A model that answers sources of [read] tokens at most, by no more than [written]. */
internal fun shortAnswerer(read: Int, written: Int): Model =
    model("short", width = 8) {
        val source by tokens(vocab = 12) { learnedPositions(read) }
        val target by tokens(vocab = 12) { learnedPositions(written) }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = source)
                addNorm()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

/** A model that may copy words of its source. */
internal fun copier(): Model =
    model("copier", width = 8) {
        val source by tokens(vocab = 12)
        val target by tokens(tiedTo = source)
        val encoder by
            stack(source, layers = 1) {
                attention(heads = 2)
                addNorm()
            }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val next by logits(decoder, tiedTo = target) { copyFrom(source, through = "decoder/0/crossAttention") }
        check(next.name == "next")
    }
