package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told where the machine has too little memory. */
public final class MemoryMessages {
    private MemoryMessages() {}

    /**
     * What memory is wanted for.
     *
     * @param what in words
     * @param mend what to change when there is not so much
     */
    public record Need(String what, String mend) {}

    /** For a value of a graph. */
    public static Need tensor(long numbers) {
        return new Need(
                "a tensor of " + numbers + " numbers", "Try a smaller batch, shorter sequences, or a narrower model.");
    }

    /** For what a program computes in. */
    public static Need between() {
        return new Need(
                "what is computed between the inputs and the outputs", "Try a smaller batch, or shorter sequences.");
    }

    /** For as many numbers as there are weights. */
    public static Need weights(long weights) {
        return new Need(
                Counts.of(weights) + " numbers, one for each weight of the model",
                "Try a narrower model, one of fewer layers, or a smaller vocabulary.");
    }

    /** For what changes beside the weights while they are trained. */
    public static Need training(long weights) {
        return new Need(
                "the gradients of " + Counts.of(weights) + " weights and what the optimizer remembers of them",
                "Try a narrower model, one of fewer layers, or a smaller vocabulary; Sgd remembers less than AdamW.");
    }

    /** There is not so much. */
    public static Problem tooLittle(Need need, long wanted, long machine, long taken) {
        return new Problem(
                "memory",
                "there is not enough for " + need.what(),
                List.of(
                        new Fact("wanted", ByteCount.text(wanted)),
                        new Fact("of the machine", ByteCount.text(machine)),
                        new Fact("taken already", ByteCount.text(taken))),
                need.mend());
    }
}
