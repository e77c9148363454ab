package io.heddle.describe

import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.Component
import io.heddle.model.CrossAttention
import io.heddle.model.EmbeddingScale
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Logits
import io.heddle.model.NormComponent
import io.heddle.model.Position
import io.heddle.model.Rotary
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Everything
import io.heddle.terms.LayerNorm
import io.heddle.terms.Norm
import io.heddle.terms.RmsNorm

/** What a component is, in a few words. */
internal fun Component.words(): String =
    when (this) {
        is TokenInput -> words("${grouped(vocabulary)} tokens", table.words(), position.words(), scale.words())
        is VectorInput -> words("vectors of ${grouped(features)}", position.words())
        is Stack -> words(if (layers.size == 1) "1 layer" else "${grouped(layers.size)} layers", "$layout")
        is NormComponent -> norm.words()
        is Logits -> words("scores of ${grouped(vocabulary)} tokens", table.words())
    }

/** What a sublayer is, in a few words. */
internal fun Sublayer.words(): String =
    when (this) {
        is Attention ->
            words(heads(), if (mask == Everything) "" else "$mask", if (rotary is Rotary.Turned) "rotary" else "")
        is CrossAttention -> words(heads(), "from $from")
        is FeedForward ->
            words("hidden ${grouped(hidden)}", if (gate == Gate.Gated) "gated $activation" else "$activation")
    }

/** What a norm is, in a word. */
internal fun Norm.words(): String =
    when (this) {
        is LayerNorm -> "LayerNorm"
        is RmsNorm -> "RmsNorm"
    }

private fun words(vararg words: String): String = words.filter { it.isNotEmpty() }.joinToString(", ")

private fun Table.words(): String =
    when (this) {
        is Table.Own -> ""
        is Table.Tied -> "table of $input"
    }

private fun Position.words(): String =
    when (this) {
        is Position.None -> ""
        is Position.Sinusoidal -> "sinusoidal"
        is Position.Learned -> "${grouped(length)} learned positions"
    }

private fun EmbeddingScale.words(): String =
    when (this) {
        EmbeddingScale.None -> ""
        EmbeddingScale.RootWidth -> "scaled"
    }

private fun Attending.heads(): String {
    val count = if (heads == 1) "1 head" else "${grouped(heads)} heads"
    val shared = if (keyValueHeads == heads) "" else " sharing ${grouped(keyValueHeads)} of keys and values"
    return "$count of ${grouped(headWidth)}$shared"
}
