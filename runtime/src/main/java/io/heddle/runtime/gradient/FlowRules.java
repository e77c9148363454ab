package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.List;
import java.util.stream.Stream;

/** Positions that follow a differential equation. */
final class FlowRules {
    private FlowRules() {}

    /**
     * Back through the very steps of Runge and Kutta that were taken, not through the equation that they approximate: exact
     * however few steps there are.
     */
    static void flow(Adjoint at, Op.Flow flow) {
        Value[] read = Stream.concat(at.node().getInputs().stream(), Stream.of(at.output(0), at.dy()))
                .toArray(Value[]::new);
        List<Value> made = at.addAll(new Op.FlowGradient(flow.getSteps()), read);
        for (int input = 0; input < made.size(); input++) {
            at.give(input, made.get(input));
        }
    }
}
