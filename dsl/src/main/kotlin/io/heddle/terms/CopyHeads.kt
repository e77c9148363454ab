package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Which heads of a cross-attention say where words are copied from. A transformer has many attentions where arXiv
 * 1704.04368 has one; the first heads of one layer are averaged by Enarvi et al. 2020 (ACL Anthology 2020.nlpmc-1.4;
 * fairseq's `transformer_pointer_generator`, `--alignment-layer` and `--alignment-heads`).
 */
@Serializable
public sealed interface CopyHeads {
    /** All of them, their mean. */
    @Serializable @SerialName("mean") public data object Mean : CopyHeads

    /** The one numbered [head], from 0; the others are free to look elsewhere. */
    @Serializable @SerialName("one") public data class One(public val head: Int) : CopyHeads
}
