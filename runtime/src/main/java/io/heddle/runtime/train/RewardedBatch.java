package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.runtime.train.data.BatchFeed;

/**
 * What is learned from sequences that a model wrote: a batch of them for the graph of
 * {@link io.heddle.lowering.Purpose#Rewarding}.
 *
 * @param batch the sequences; its labels are the words that are learned by cross entropy
 * @param drawn the words that the model chose, {@code [batch, target]}; {@link Batch#IGNORED_LABEL} elsewhere
 * @param weights what {@code -log p} of each of these counts for, {@code [batch, target]}
 * @param loss what the drawn words add to the loss of the step: what is rewarded, with its sign changed
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one step, and compared with nothing.
public record RewardedBatch(Batch batch, IntTensor drawn, double[] weights, double loss) {
    /**
     * The program for this batch, with it as its input; see {@link BatchFeed#bind}.
     *
     * @param logits the name of the head that scores words
     */
    public Program bind(
            BatchFeed feed, Executable executable, States states, double normalizer, String logits) {
        Program program = feed.bind(executable, states, batch, normalizer);
        program.setInput(Names.drawn(logits), drawn.values());
        program.setInput(Names.drawnWeights(logits), weights);
        return program;
    }
}
