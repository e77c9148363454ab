package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.random.DropoutStream;
import io.heddle.runtime.tensor.Tensor;

/** A dropout as the kernels take it, for the seed and the step that a run is given. */
final class BoundDropout {
    private final DropoutStream begin;
    private final float factor;
    private final Tensor randomness;
    private Dropout now = Dropout.NONE;

    /** A dropout of this rate that reads its seed and step from {@code randomness}. */
    BoundDropout(String stream, double rate, Tensor randomness) {
        begin = DropoutStream.of(stream, rate, 0, 0);
        factor = (float) (1.0 / (1.0 - rate));
        this.randomness = randomness;
    }

    /** The dropout for the seed and step of the last {@link #move}. */
    Dropout now() {
        return now;
    }

    /** Follows the seed and the step. */
    void move() {
        long seed = randomness.index(0);
        long stream = begin.stream() + randomness.index(1);
        if (now.equals(Dropout.NONE) || now.seed() != seed || now.stream() != stream) {
            now = new Dropout(seed, stream, begin.threshold(), factor);
        }
    }
}
