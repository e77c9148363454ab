package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which keys a query looks at, once positions are sorted by their hash and cut into chunks. */
@Serializable
public enum class Neighbours {
    /**
     * All of its own chunk and of the one before (arXiv 2001.04451, section 2, as Trax and Hugging Face compute it).
     */
    @SerialName("chunks") Chunks,

    /** Those of its own bucket among them (arXiv 2001.04451, equation 4). */
    @SerialName("bucket") Bucket,
}
