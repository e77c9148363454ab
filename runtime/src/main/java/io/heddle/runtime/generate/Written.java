package io.heddle.runtime.generate;

import java.util.List;

/**
 * A sequence that a model wrote.
 *
 * @param tokens with those that it began with, and the end token where it ended
 * @param score {@code log p / length^lengthPenalty} from a beam search, the mean of {@code log p} of all tokens and of their number from
 *     {@link io.heddle.recipe.Decoding.AllAtOnce}; 0 otherwise
 * @param end why there is no more of it
 */
public record Written(List<Integer> tokens, double score, End end) {
    /** Why a sequence ends. */
    public enum End {
        /** The model ended it, by the end token. */
        TOKEN,

        /** All places are written that the model foretold. */
        LENGTH,

        /** A text to stop at is complete. */
        STOP,

        /** As many tokens as were asked for are written. */
        COUNT,

        /** The model has no position for another token. */
        POSITIONS,

        /** Somebody asked to end, see {@link Generator#until}. */
        ASKED,
    }

    /** Copies the tokens. */
    public Written {
        tokens = List.copyOf(tokens);
    }

    /** The tokens as a tokenizer takes them. */
    public int[] ids() {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
