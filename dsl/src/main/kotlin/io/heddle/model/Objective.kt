package io.heddle.model

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What training makes small. */
@Serializable public sealed interface Objective

/**
 * The mean over all real labels of `(1 - labelSmoothing) * -log p(label) + labelSmoothing * mean(-log p)` (arXiv
 * 1512.00567, section 7), where `p` is the softmax of [logits]. The end token is a label like others; padding is none.
 */
@Serializable
@SerialName("crossEntropy")
public data class CrossEntropy(public val logits: String, public val labelSmoothing: Double) : Objective
