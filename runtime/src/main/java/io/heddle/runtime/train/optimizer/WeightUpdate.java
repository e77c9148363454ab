package io.heddle.runtime.train.optimizer;

import io.heddle.recipe.Adam;
import io.heddle.recipe.AdamW;
import io.heddle.recipe.Optimizer;
import io.heddle.recipe.Sgd;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.backend.WeightKernels.AdamStep;
import io.heddle.runtime.backend.WeightKernels.MomentumStep;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Changes weights by their gradients, as an {@link Optimizer} says, and keeps what it remembers between steps. */
public final class WeightUpdate {
    /** The name of SGD's velocities among {@link #state()}. */
    public static final String VELOCITY = "velocity";

    /** The name of Adam's mean of gradients among {@link #state()}. */
    public static final String FIRST_MOMENT = "firstMoment";

    /** The name of Adam's mean of squared gradients among {@link #state()}. */
    public static final String SECOND_MOMENT = "secondMoment";

    private final Optimizer optimizer;
    private final WeightKernels kernels;
    private final SequencedMap<String, ParameterBuffer> state;
    private final List<Piece> pieces;

    /** A span of the weights, and of all that lines up with it. */
    private record Piece(boolean decays, Tensor weights, Tensor gradients, List<Tensor> state) {}

    /** An update of these weights by these gradients, whose layout is the beginning of theirs: what is trained. */
    public WeightUpdate(
            Optimizer optimizer, WeightKernels kernels, ParameterBuffer weights, ParameterBuffer gradients) {
        this.optimizer = optimizer;
        this.kernels = kernels;
        SequencedMap<String, ParameterBuffer> remembered = new LinkedHashMap<>();
        List<Span> spans = switch (optimizer) {
            case Sgd _ -> {
                remembered.put(VELOCITY, gradients.zerosAlike());
                yield Span.whole(gradients.layout());
            }
            case Adam _ -> {
                remembered.put(FIRST_MOMENT, gradients.zerosAlike());
                remembered.put(SECOND_MOMENT, gradients.zerosAlike());
                yield Span.whole(gradients.layout());
            }
            case AdamW adam -> {
                remembered.put(FIRST_MOMENT, gradients.zerosAlike());
                remembered.put(SECOND_MOMENT, gradients.zerosAlike());
                yield Span.byDecay(gradients.layout(), adam.getDecays());
            }
        };
        state = Collections.unmodifiableSequencedMap(remembered);
        pieces = spans.stream().map(span -> piece(span, weights, gradients)).toList();
    }

    /** How many numbers an optimizer remembers of each weight. */
    public static int remembers(Optimizer optimizer) {
        return switch (optimizer) {
            case Sgd _ -> 1;
            case Adam _,AdamW _ -> 2;
        };
    }

    private Piece piece(Span span, ParameterBuffer weights, ParameterBuffer gradients) {
        List<Tensor> remembered = state.values().stream().map(span::of).toList();
        return new Piece(span.decays(), span.of(weights), span.of(gradients), remembered);
    }

    /** What is remembered between steps, by name; a checkpoint holds it. */
    public SequencedMap<String, ParameterBuffer> state() {
        return state;
    }

    /**
     * Changes the weights once.
     *
     * @param number of the step, from 1
     * @param rate the learning rate of this step
     * @param gradientScale what gradients are multiplied by first: below 1 where they are clipped
     */
    public void step(long number, double rate, double gradientScale) {
        for (Piece piece : pieces) {
            switch (optimizer) {
                case Sgd sgd -> {
                    MomentumStep step = new MomentumStep(rate, sgd.getMomentum(), gradientScale);
                    kernels.momentum(step, piece.weights(), piece.gradients(), piece.state().getFirst());
                }
                case Adam adam ->
                        adam(piece, new AdamStep(
                                rate, adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), 0, gradientScale, number));
                case AdamW adam -> {
                    double decay = piece.decays() ? adam.getWeightDecay() : 0;
                    adam(piece, new AdamStep(
                            rate, adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), decay, gradientScale, number));
                }
            }
        }
    }

    private void adam(Piece piece, AdamStep step) {
        Tensor first = piece.state().getFirst();
        kernels.adam(step, piece.weights(), piece.gradients(), first, piece.state().getLast());
    }
}
