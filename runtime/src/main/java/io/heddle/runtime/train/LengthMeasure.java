package io.heddle.runtime.train;

import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.terms.Pooling;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How often the likeliest length is the one of the target, the end token included; or the sum of the likeliest fertilities.
 *
 * @param right of so many rows
 * @param rows how many there are
 */
public record LengthMeasure(long right, long rows) {
    /** Measures all batches; empty for a model that foretells no length. */
    public static Optional<LengthMeasure> of(RunnableModel model, Iterable<Batch> batches) {
        ModelRoles roles = model.roles();
        return roles.length().map(head -> {
            boolean each = head.getPooling() == Pooling.Each;
            MeasuredPrograms programs = new MeasuredPrograms(model, BatchFeed.of(roles));
            long right = 0;
            long rows = 0;
            for (Batch batch : batches) {
                INDArray scores = programs.run(each ? withoutLabels(batch) : batch).output(head.getName());
                double[] all = scores.ravel().toDoubleVector();
                int ofRow = Math.toIntExact(all.length / scores.size(0));
                int[] lengths = batch.tensor(Batch.TARGET_LENGTHS).values();
                for (int row = 0; row < lengths.length; row++) {
                    int positions = each ? batch.tensor(Batch.SOURCE_LENGTHS).values()[row] : 1;
                    int foretold = 0;
                    for (int position = 0; position < positions; position++) {
                        foretold += likeliest(all, row * ofRow + position * head.getClasses(), head.getClasses());
                    }
                    right += foretold == lengths[row] ? 1 : 0;
                }
                rows += lengths.length;
            }
            return new LengthMeasure(right, rows);
        });
    }

    /** What makes which words is not asked here, and may be unknown: an even spread can want more of a position than there is. */
    private static Batch withoutLabels(Batch batch) {
        IntTensor fertilities = batch.tensor(Batch.FERTILITIES);
        int[] none = new int[fertilities.values().length];
        Arrays.fill(none, Batch.IGNORED_LABEL);
        return batch.with(Batch.FERTILITIES, IntTensor.of(none, fertilities.shape()));
    }

    /** The class of the highest score, the first of two alike. */
    private static int likeliest(double[] scores, int first, int classes) {
        int best = 0;
        for (int of = 1; of < classes; of++) {
            best = scores[first + of] > scores[first + best] ? of : best;
        }
        return best;
    }
}
