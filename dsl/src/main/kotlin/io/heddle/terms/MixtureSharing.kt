package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What shares the maps of a [Method.LowRank] (arXiv 2006.04768, section 4). */
@Serializable
public enum class MixtureSharing {
    /** Nothing: each head has a map for keys and one for values. */
    @SerialName("none") None,

    /** The heads of a layer: one map for keys, one for values. */
    @SerialName("heads") Heads,

    /** Keys and values too: one map for each layer. */
    @SerialName("keysAndValues") KeysAndValues,

    /** All layers of a stack: one map. */
    @SerialName("layers") Layers,
}
