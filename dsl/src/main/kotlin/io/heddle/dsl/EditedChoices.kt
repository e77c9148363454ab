package io.heddle.dsl

import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.Boxes
import io.heddle.model.ClassToken
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.CrossAttention
import io.heddle.model.Dense
import io.heddle.model.Experts
import io.heddle.model.FeatureMapInput
import io.heddle.model.FeedForward
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.NormComponent
import io.heddle.model.Part
import io.heddle.model.Pool
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.RelationInput
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.model.VectorInput
import io.heddle.terms.Initializer

/** This part, with trained vectors added or not. */
internal fun Part.withBias(bias: Boolean): Part =
    when (this) {
        is Attention -> copy(bias = bias)
        is CrossAttention -> copy(bias = bias)
        is FeedForward -> copy(bias = bias)
        is Experts -> copy(expert = expert.copy(bias = bias))
        is AddNorm -> copy(bias = bias)
    }

/** This component, with trained vectors added or not where a description's `bias` decides it. */
internal fun Component.withBias(bias: Boolean): Component =
    when (this) {
        is TokenInput -> copy(projection = projection.withBias(bias))
        is VectorInput -> copy(projection = projection.withBias(bias))
        is FeatureMapInput -> copy(projection = projection.withBias(bias))
        is ImageInput -> copy(projection = projection.copy(bias = bias))
        is FrameInput ->
            copy(projection = projection.withBias(bias), convolutions = convolutions.map { it.copy(bias = bias) })
        is SpokenInput -> copy(projection = projection.withBias(bias), preNet = preNet.map { it.copy(bias = bias) })
        is NormComponent -> copy(bias = bias)
        is Logits -> copy(transform = transform.withBias(bias))
        is Pool -> copy(transform = transform.withBias(bias))
        is Classify -> copy(transform = transform.withBias(bias))
        is Boxes,
        is Speech,
        is Contrast,
        is CopiesInput,
        is LearnedInput,
        is MergedPatches,
        is RelationInput,
        is RelativeBias,
        is Stack -> this
    }

private fun Projection.withBias(bias: Boolean): Projection =
    when (this) {
        is Projection.None -> this
        is Projection.Linear -> copy(bias = bias)
    }

private fun Transform.withBias(bias: Boolean): Transform =
    when (val dense = dense) {
        is Dense.None -> copy(normBias = bias)
        is Dense.Layer -> copy(dense = dense.copy(bias = bias), normBias = bias)
    }

/** This part, whose matrices begin as [initializer] says. */
internal fun Part.withInitializer(initializer: Initializer): Part =
    when (this) {
        is Attention -> copy(initializer = initializer, relative = relative.withInitializer(initializer))
        is CrossAttention -> copy(initializer = initializer)
        is FeedForward -> copy(initializer = initializer)
        is Experts -> copy(expert = expert.copy(initializer = initializer))
        is AddNorm -> this
    }

private fun Relative.withInitializer(initializer: Initializer): Relative =
    when (this) {
        is Relative.Grid -> copy(initializer = initializer)
        is Relative.Clipped -> copy(initializer = initializer)
        is Relative.None,
        is Relative.Alibi,
        is Relative.Bias,
        is Relative.Sinusoidal -> this
    }

/** This component, whose matrices and tables begin as [initializer] says. */
internal fun Component.withInitializer(initializer: Initializer): Component =
    when (this) {
        is TokenInput ->
            copy(
                table = table.withInitializer(initializer),
                position = position.withInitializer(initializer),
                projection = projection.withInitializer(initializer),
            )
        is VectorInput ->
            copy(position = position.withInitializer(initializer), projection = projection.withInitializer(initializer))
        is FeatureMapInput ->
            copy(position = position.withInitializer(initializer), projection = projection.withInitializer(initializer))
        is FrameInput ->
            copy(
                convolutions = convolutions.map { it.copy(initializer = initializer) },
                position = position.withInitializer(initializer),
                projection = projection.withInitializer(initializer),
            )
        is SpokenInput ->
            copy(
                preNet = preNet.map { it.copy(initializer = initializer) },
                position = position.withInitializer(initializer),
                projection = projection.withInitializer(initializer),
            )
        is ImageInput ->
            copy(
                projection = projection.copy(initializer = initializer),
                classToken = classToken.withInitializer(initializer),
                position = position.withInitializer(initializer),
            )
        is LearnedInput -> copy(position = position.copy(initializer = initializer))
        is CopiesInput -> copy(position = position.withInitializer(initializer))
        is MergedPatches -> copy(initializer = initializer)
        is RelativeBias -> copy(initializer = initializer)
        is Logits ->
            copy(table = table.withInitializer(initializer), transform = transform.withInitializer(initializer))
        is Pool -> copy(transform = transform.withInitializer(initializer))
        is Classify -> copy(transform = transform.withInitializer(initializer), initializer = initializer)
        is Boxes -> copy(initializer = initializer)
        is Contrast -> copy(initializer = initializer)
        is Speech -> copy(initializer = initializer)
        is NormComponent,
        is RelationInput,
        is Stack -> this
    }

private fun Table.withInitializer(initializer: Initializer): Table =
    when (this) {
        is Table.Own -> copy(initializer = initializer)
        is Table.Adaptive -> copy(initializer = initializer)
        is Table.Tied -> this
    }

private fun Position.withInitializer(initializer: Initializer): Position =
    when (this) {
        is Position.Learned -> copy(initializer = initializer)
        is Position.Floater -> copy(initializer = initializer)
        is Position.None,
        is Position.Sinusoidal,
        is Position.Sinusoidal2d -> this
    }

private fun Projection.withInitializer(initializer: Initializer): Projection =
    when (this) {
        is Projection.None -> this
        is Projection.Linear -> copy(initializer = initializer)
    }

private fun ClassToken.withInitializer(initializer: Initializer): ClassToken =
    when (this) {
        is ClassToken.None -> this
        is ClassToken.Learned -> copy(initializer = initializer)
    }

private fun Transform.withInitializer(initializer: Initializer): Transform =
    when (val dense = dense) {
        is Dense.None -> this
        is Dense.Layer -> copy(dense = dense.copy(initializer = initializer))
    }
