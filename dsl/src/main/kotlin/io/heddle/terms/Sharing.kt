package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which layers of a stack have the same weights. */
@Serializable public sealed interface Sharing

/** Each has its own. */
@Serializable @SerialName("own") public data object Own : Sharing

/** All have the same (arXiv 1909.11942, section 3.1). */
@Serializable @SerialName("shared") public data object Shared : Sharing

/** [count] groups of neighbouring layers; the layers of a group have the same. */
@Serializable
@SerialName("groups")
public data class Groups(public val count: Int) : Sharing {
    override fun toString(): String = "Groups($count)"
}
