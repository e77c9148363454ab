package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of decodings that cannot be done. */
public final class DecodingMessages {
    private static final String PLACE = "decoding";

    private DecodingMessages() {}

    /** What shall stand at the beginning has more tokens than there may be. */
    public static Problem beginningIsLonger(int beginning, int tokens) {
        return new Problem(
                PLACE,
                "what shall be written is longer than what may be",
                List.of(
                        new Fact("tokens of the beginning", String.valueOf(beginning)),
                        new Fact("tokens", String.valueOf(tokens))),
                "Allow more tokens, or give a shorter beginning.");
    }

    /** All tokens are forbidden. */
    public static Problem nothingIsAllowed(int written) {
        return new Problem(
                PLACE,
                "the rules allow no token",
                List.of(new Fact("tokens written", String.valueOf(written))),
                "Leave one of them out, or let it allow more.");
    }
}
