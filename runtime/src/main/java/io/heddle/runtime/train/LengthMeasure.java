package io.heddle.runtime.train;

import io.heddle.model.Classify;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How often the likeliest length is the one of the target, the end token included.
 *
 * @param right of so many rows
 * @param rows how many there are
 */
public record LengthMeasure(long right, long rows) {
    /** Measures all batches; empty for a model that foretells no length. */
    public static Optional<LengthMeasure> of(RunnableModel model, Iterable<Batch> batches) {
        ModelRoles roles = ModelRoles.of(model.model());
        return roles.length().map(Classify::getName).map(head -> {
            MeasuredPrograms programs = new MeasuredPrograms(model, BatchFeed.of(roles));
            long right = 0;
            long rows = 0;
            for (Batch batch : batches) {
                INDArray scores = programs.run(batch).output(head);
                int[] lengths = batch.tensor(Batch.TARGET_LENGTHS).values();
                for (int row = 0; row < lengths.length; row++) {
                    right += scores.getRow(row).argMax().getInt(0) == lengths[row] ? 1 : 0;
                }
                rows += lengths.length;
            }
            return new LengthMeasure(right, rows);
        });
    }
}
