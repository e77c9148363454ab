package io.heddle.describe

import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Content
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.EmbeddingScale
import io.heddle.model.Experts
import io.heddle.model.FeatureMapInput
import io.heddle.model.FeedForward
import io.heddle.model.FrameInput
import io.heddle.model.Gate
import io.heddle.model.ImageInput
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Method
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.Position
import io.heddle.model.RelationInput
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Rotary
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.Structure
import io.heddle.model.Sublayer
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.BatchNorm
import io.heddle.terms.Everything
import io.heddle.terms.Groups
import io.heddle.terms.LayerNorm
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Own
import io.heddle.terms.PowerNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.ScaleNorm
import io.heddle.terms.Shared
import io.heddle.terms.Sharing

/** What a component is, in a few words. */
internal fun Component.words(): String =
    when (this) {
        is TokenInput ->
            words("${grouped(vocabulary)} tokens", table.words(), position.words(), segmentWords(), scale.words())
        is VectorInput -> words("vectors of ${grouped(features)}", position.words())
        is FrameInput -> words("frames of ${grouped(features)}", convolutionWords(), position.words())
        is SpokenInput ->
            words("spoken frames of ${grouped(features)}", togetherWords(reduction), preNetWords(), position.words())
        is ImageInput -> words("pictures of $rows x $columns", "patches of $patch", position.words())
        is FeatureMapInput -> words("feature map of ${grouped(channels)}", position.words())
        is LearnedInput -> "${grouped(count)} learned vectors"
        is CopiesInput -> words("copies of $source", "as many as $length says", position.words())
        is RelationInput -> "relation of $of"
        is RelativeBias -> "relative bias of ${counted(heads, "head")}, $buckets buckets"
        is Stack -> words(counted(layers.size, "layer"), "$layout", sharing.words())
        is NormComponent -> norm.words()
        is MergedPatches -> "merged patches of $input"
        is Logits -> words("scores of ${grouped(vocabulary)} tokens", table.words(), copyWords(), structureWords())
        is Pool -> "$pooling of $input"
        is Classify -> words("scores of ${grouped(classes)} classes", "$pooling of $input")
        is Boxes -> "boxes of $input"
        is Speech -> words("frames of ${grouped(features)}", togetherWords(reduction), "and where they end")
        is Contrast -> "likeness of $left and $right"
    }

/** What a sublayer is, in a few words. */
internal fun Sublayer.words(): String =
    when (this) {
        is Attention ->
            words(
                heads(),
                if (mask == Everything) "" else "$mask",
                method.words(),
                if (content == Content.Positions) "positional" else "",
                if (rotary is Rotary.Turned) "rotary" else "",
                relative.words(),
            )
        is CrossAttention -> words(heads(), "from $from", method.words())
        is FeedForward ->
            words(
                "hidden ${grouped(hidden)}",
                if (gate == Gate.Gated) "gated $activation" else "$activation",
                if (kernel == 1) "" else "kernel $kernel",
            )
        is Experts -> words(counted(count, "expert"), "top $topK", expert.words())
    }

/** What a norm is, in a word. */
internal fun Norm.words(): String =
    when (this) {
        is LayerNorm -> "LayerNorm"
        is RmsNorm -> "RmsNorm"
        is ScaleNorm -> "ScaleNorm"
        is BatchNorm -> "BatchNorm"
        is PowerNorm -> "PowerNorm"
        is NoNorm -> "none"
    }

private fun words(vararg words: String): String = words.filter { it.isNotEmpty() }.joinToString(", ")

private fun counted(count: Int, word: String) = if (count == 1) "1 $word" else "${grouped(count)} ${word}s"

private fun TokenInput.segmentWords() = if (segments == 0) "" else counted(segments, "segment")

private fun FrameInput.convolutionWords() =
    if (convolutions.isEmpty()) "" else counted(convolutions.size, "convolution")

private fun SpokenInput.preNetWords() =
    if (preNet.isEmpty()) "" else "pre-net of ${preNet.joinToString { grouped(it.width) }}"

private fun togetherWords(reduction: Int) = if (reduction == 1) "" else "$reduction together"

private fun Logits.copyWords() = (copying as? Copying.From)?.let { "copies ${it.source}" }.orEmpty()

private fun Logits.structureWords() = if (structure is Structure.Chain) "chain" else ""

private fun Sharing.words(): String =
    when (this) {
        is Own -> ""
        is Shared -> "shared weights"
        is Groups -> "weights in ${counted(count, "group")}"
    }

private fun Method.words(): String =
    when (this) {
        is Method.Softmax -> ""
        is Method.TopK -> "top $keys keys"
        is Method.LowRank -> "rank $rank"
        is Method.Kernel -> "$map"
        is Method.Hashed -> "hashed into $buckets buckets"
    }

private fun Relative.words(): String =
    when (this) {
        is Relative.None -> ""
        is Relative.Alibi -> "alibi"
        is Relative.Bias -> "bias of $bias"
        is Relative.Grid -> "bias of a grid of $size"
        is Relative.Clipped -> "relative vectors up to $reach"
        is Relative.Sinusoidal -> "relative sinusoids"
    }

private fun Table.words(): String =
    when (this) {
        is Table.Own -> ""
        is Table.Tied -> "table of $input"
        is Table.Adaptive -> "adaptive table"
    }

private fun Position.words(): String =
    when (this) {
        is Position.None -> ""
        is Position.Sinusoidal -> "sinusoidal"
        is Position.Sinusoidal2d -> "sinusoidal rows and columns"
        is Position.Learned -> "${grouped(length)} learned positions"
        is Position.Floater -> "floater"
    }

private fun EmbeddingScale.words(): String =
    when (this) {
        EmbeddingScale.None -> ""
        EmbeddingScale.RootWidth -> "scaled"
    }

private fun Attending.heads(): String {
    val count = counted(heads, "head")
    val shared = if (keyValueHeads == heads) "" else " sharing ${grouped(keyValueHeads)} of keys and values"
    return "$count of ${grouped(headWidth)}$shared"
}
