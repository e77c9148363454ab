package io.heddle.dsl

import io.heddle.terms.Initializer
import io.heddle.terms.LayerNorm
import io.heddle.terms.Layout
import io.heddle.terms.Norm
import io.heddle.terms.PostNorm
import io.heddle.terms.XavierUniform

/** What a model says once for all its components; the paper's choices where it says nothing (arXiv 1706.03762). */
internal data class Defaults(
    val layout: Layout = PostNorm,
    val norm: Norm = LayerNorm(),
    val bias: Boolean = true,
    val dropout: Double = 0.0,
    val attentionDropout: Double = 0.0,
    val initializer: Initializer = XavierUniform(),
)
