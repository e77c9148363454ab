package io.heddle.runtime.generate;

import java.util.List;

/** Which tokens may be written, as far as a program decides: a grammar, a list of names, the moves of a game. */
@FunctionalInterface
public interface AllowedTokens {
    /**
     * Whether a token may be written next.
     *
     * @param written the tokens after the prompt, or after the begin token of an answer
     */
    boolean allows(List<Integer> written, int token);
}
