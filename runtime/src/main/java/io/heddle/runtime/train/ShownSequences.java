package io.heddle.runtime.train;

/** What a model makes of sequences that it is shown, before it learns from them. */
@FunctionalInterface
public interface ShownSequences {
    /**
     * An output of the graph of {@link io.heddle.lowering.Purpose#Rewarding}, row-major.
     *
     * @param name of the output
     */
    double[] output(RewardedBatch shown, String name);
}
