package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.io.Serial;

/** A training was given up: its loss or its gradient is no number any more, or its loss is higher than it may be. */
public final class DivergedException extends ProblemsException {
    @Serial
    private static final long serialVersionUID = 1;

    private final long step;
    private final double loss;
    private final double gradientNorm;

    DivergedException(Problem problem, long step, double loss, double gradientNorm) {
        super(problem);
        this.step = step;
        this.loss = loss;
        this.gradientNorm = gradientNorm;
    }

    /** The step that was not taken, from 1. */
    public long step() {
        return step;
    }

    /** The training loss of that step. */
    public double loss() {
        return loss;
    }

    /** The length of the gradient of that step, before clipping. */
    public double gradientNorm() {
        return gradientNorm;
    }
}
