package io.heddle.runtime.generate;

import io.heddle.runtime.data.SourceWords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * What all ways of decoding have in common.
 *
 * @param rules what may not be written
 * @param end the token that ends a sequence; empty for none
 * @param known how many tokens of the vocabulary may be written: the ids below this
 * @param seed decides what is drawn
 * @param stop asked before each token; when it says so, what was written until then is all
 */
record Settings(TokenRules rules, OptionalInt end, int known, long seed, BooleanSupplier stop) {
    Settings with(TokenRules changed) {
        return new Settings(changed, end, known, seed, stop);
    }

    Settings with(BooleanSupplier asked) {
        return new Settings(rules, end, known, seed, asked);
    }

    /**
     * The same for one sequence, which may copy words of its source.
     *
     * @param words of the source; empty where nothing is copied
     */
    Settings over(Optional<SourceWords> words) {
        return words.map(rules::over).map(this::with).orElse(this);
    }

    /** Why a sequence ends with its last token; {@code open} where it goes on. */
    Written.End endOf(List<Integer> tokens, int start, Written.End open) {
        if (isEnd(tokens.getLast())) {
            return Written.End.TOKEN;
        }
        return rules.stop(tokens, start) ? Written.End.STOP : open;
    }

    /** Whether this token is the end. */
    boolean isEnd(int token) {
        return end.isPresent() && token == end.getAsInt();
    }
}
