@file:JvmName("Writings")

package io.heddle.rules

import io.heddle.model.Classify
import io.heddle.model.CopiesInput
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.TokenInput
import io.heddle.model.inputBelow

/** How a model writes. */
public sealed interface Writing {
    /** One word after the other, each from those before it. */
    public data object WordByWord : Writing

    /**
     * All words at once, in answer to [read].
     *
     * @property words scores the words of all places
     * @property length foretells how many places there are, the end token's included, or how many each position of the
     *   source makes
     * @property read the source
     * @property blanks what the decoder reads: tokens, of which those to be written are masks, or copies of the source
     */
    public data class AllAtOnce(
        public val words: Logits,
        public val length: Classify,
        public val read: TokenInput,
        public val blanks: InputComponent,
    ) : Writing
}

/**
 * How a model that was checked writes: all words at once where its decoder reads copies whose number a classifier
 * foretells, and where it reads tokens, sees later ones, and the only classifier reads the only other tokens.
 */
public val Model.writing: Writing
    get() {
        val words = all<Logits>().singleOrNull() ?: return Writing.WordByWord
        val blanks = component(inputBelow(words.input))
        if (blanks is CopiesInput) {
            val length = component(blanks.length) as Classify
            return Writing.AllAtOnce(words, length, component(blanks.source) as TokenInput, blanks)
        }
        val length = all<Classify>().singleOrNull()
        val read = all<TokenInput>().singleOrNull { it != blanks }
        val sees = blanks is TokenInput && notCausal().isNotEmpty()
        if (!sees || length == null || read == null) return Writing.WordByWord
        return if (bottom(length) == read.name) Writing.AllAtOnce(words, length, read, blanks) else Writing.WordByWord
    }

private fun Model.bottom(length: Classify): String =
    when (val component = component(length.input)) {
        is Pool -> inputBelow(component.input)
        else -> inputBelow(component.name)
    }
