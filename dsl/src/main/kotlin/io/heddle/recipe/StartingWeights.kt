package io.heddle.recipe

import io.heddle.model.PathPattern
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** The weights that a training begins with. */
@Serializable
public sealed interface StartingWeights {
    /** Drawn anew, as the model's initializers say. */
    @Serializable @SerialName("drawn") public data object Drawn : StartingWeights

    /**
     * Those that are left in [run], the folder of a training or of an import, by their names. Each of them is taken, or
     * is meant by [without]: paths of weights or of what they are in, where one star is any word and two stars are any
     * number of words; else nothing is trained. Weights of the model that the run has not, such as a new head, are
     * drawn anew, and told.
     *
     * Where tables of tokens are taken, the data has the tokenizer of the run:
     * `Tokenization.File("run/checkpoint/tokenizer")`.
     */
    @Serializable
    @SerialName("of")
    public data class Of
    @JvmOverloads
    constructor(public val run: String, public val without: List<String> = emptyList()) : StartingWeights {
        /** Whether the weight called [name] is left out. */
        public fun leavesOut(name: String): Boolean = without.any { PathPattern(it).fits(name) }
    }
}
