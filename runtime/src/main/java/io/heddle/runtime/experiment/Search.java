package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.experiment.Trial;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Which trials are trained, and for how long. */
public sealed interface Search permits Search.Everything, Halving {
    /** What keeps these trials from being searched so; told before anything is trained. */
    List<Problem> problems(List<Trial> planned);

    /** Trains what the search asks for. */
    void run(List<Trial> planned, Trials trials, BooleanSupplier stop);

    /** Every trial, to its end. */
    record Everything() implements Search {
        @Override
        public List<Problem> problems(List<Trial> planned) {
            return List.of();
        }

        @Override
        public void run(List<Trial> planned, Trials trials, BooleanSupplier stop) {
            trials.train(planned, Trials.ALL_STEPS, stop);
        }
    }
}
