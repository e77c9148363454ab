package io.heddle.runtime.attention;

/** What the rows or the columns of an attention's weights are. */
public sealed interface AttentionAxis {
    /** How many there are. */
    int count();

    /** The positions of the input {@code input}. */
    record Positions(String input, int count) implements AttentionAxis {}

    /** Mixtures of the positions of the input {@code input}, see {@link io.heddle.model.Method.LowRank}. */
    record Mixtures(String input, int count) implements AttentionAxis {}
}
