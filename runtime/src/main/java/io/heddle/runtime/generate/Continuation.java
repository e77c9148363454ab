package io.heddle.runtime.generate;

import java.util.Comparator;

/**
 * A beam continued by one token.
 *
 * @param beam which one
 * @param rank what it is chosen by: its probability, less where others have chosen the token
 */
record Continuation(int beam, int token, double rank, OpenBeam longer) {
    /** The best first; of two alike the one of the earlier beam, then the lower token. */
    static final Comparator<Continuation> FIRST = Comparator.comparingDouble(Continuation::rank)
            .reversed()
            .thenComparingInt(Continuation::beam)
            .thenComparingInt(Continuation::token);
}
