package io.heddle.runtime.exchange;

/** A line of {@link WeightNames}. */
sealed interface NameRule {
    /** What other programs call it. */
    NamePattern theirs();

    /** The same of a name that lacks this beginning. */
    default NameRule without(String prefix) {
        return switch (this) {
            case Weight weight -> new Weight(weight.ours, weight.theirs.without(prefix), weight.arrangement);
            case Unused unused -> new Unused(unused.theirs.without(prefix));
            case Zeros zeros -> new Zeros(zeros.theirs.without(prefix));
        };
    }

    /**
     * A weight of Heddle's, or where its name ends with {@code [*]} one row of it, of which each is a tensor there.
     */
    record Weight(NamePattern ours, NamePattern theirs, Arrangement arrangement) implements NameRule {}

    /** What Heddle computes, or has no use for. */
    record Unused(NamePattern theirs) implements NameRule {}

    /** What Heddle leaves out because it adds nothing: it is refused when it would add something. */
    record Zeros(NamePattern theirs) implements NameRule {}
}
