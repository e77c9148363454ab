package io.heddle.runtime.checkpoint;

import io.heddle.runtime.program.ParameterBuffer;
import java.util.Optional;

/**
 * The weights of a training.
 *
 * @param last those that it goes on from
 * @param kept those that it leaves, where they are others
 */
public record TrainedWeights(ParameterBuffer last, Optional<Kept> kept) {
    /** Weights of an earlier step, and which. */
    public record Kept(ParameterBuffer weights, KeptMark mark) {}

    /** The weights that evaluate and write. */
    ParameterBuffer left() {
        return kept.map(Kept::weights).orElse(last);
    }
}
