package io.heddle.runtime.data.tokenizer;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ids of tokens that stand for no text; each is empty where a tokenizer has no such token.
 *
 * @param padding fills the rows of a batch up to the longest
 * @param begin stands before a text
 * @param end stands after a text
 * @param unknown stands for text outside the vocabulary
 */
public record SpecialIds(OptionalInt padding, OptionalInt begin, OptionalInt end, OptionalInt unknown) {
    /** No special tokens at all. */
    public static final SpecialIds NONE =
            new SpecialIds(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** Whether {@code id} is padding, begin or end: a token that decoding leaves out. */
    public boolean isSilent(int id) {
        return is(padding, id) || is(begin, id) || is(end, id);
    }

    /** How the token is usually called; empty for one that decoding tells. */
    public Optional<String> name(int id) {
        if (is(padding, id)) {
            return Optional.of(SpecialNames.PADDING.getFirst());
        }
        if (is(begin, id)) {
            return Optional.of(SpecialNames.BEGIN.getFirst());
        }
        return is(end, id) ? Optional.of(SpecialNames.END.getFirst()) : Optional.empty();
    }

    private static boolean is(OptionalInt special, int id) {
        return special.isPresent() && special.getAsInt() == id;
    }
}
