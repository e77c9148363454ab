package io.heddle.runtime.generate;

import java.util.Optional;

/**
 * What a search keeps and how it tells sequences apart.
 *
 * @param size how many sequences are kept side by side, in all groups together
 * @param groups how many groups there are
 * @param diversity what a token costs for each time that a group before has chosen it
 * @param lengthPenalty the power of the length that log p is divided by
 * @param coverage what is asked of how a source is looked at; empty for nothing
 */
record BeamShape(int size, int groups, double diversity, double lengthPenalty, Optional<SourceCoverage> coverage) {
    /** How many sequences a group has. */
    int each() {
        return size / groups;
    }

    /** {@code log p / length^lengthPenalty}, and what {@code seen} of the source costs. */
    double score(double logProbability, int length, double[] seen) {
        double cost = coverage.isPresent() ? coverage.get().penalty(seen) : 0;
        return mostOf(logProbability, length) + cost;
    }

    /** What the score is at most, whatever is seen of the source. */
    double mostOf(double logProbability, int length) {
        return logProbability / Math.pow(length, lengthPenalty);
    }
}
