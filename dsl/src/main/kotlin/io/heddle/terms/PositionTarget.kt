package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What a position is added to. */
@Serializable
public enum class PositionTarget {
    /** What the input gives, once. */
    @SerialName("input") Input,

    /**
     * Queries and keys of every attention over the input, before their maps; values do not have it (arXiv 2005.12872).
     */
    @SerialName("queriesAndKeys") QueriesAndKeys,

    /** What enters each layer over the input, the first one's too (arXiv 2003.09229, section 3.2). */
    @SerialName("everyLayer") EveryLayer,
}
