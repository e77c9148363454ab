package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Among which positions experts are to be used alike. */
@Serializable
public enum class Among {
    /** All of a batch (arXiv 2101.03961, equation 4). */
    @SerialName("batch") Batch,

    /** Those of each sequence by itself; the loss is the mean over sequences (arXiv 2006.16668, section 2.2). */
    @SerialName("sequence") Sequence,
}
