package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.DataMessages;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Windows of text drawn at random: each row is {@code context} tokens from a uniform place, its labels the tokens one
 * further on ({@code get_batch} of nanoGPT's {@code train.py}).
 *
 * <p>Row r of batch b in epoch e begins at {@code Philox.below(length - context, seed, "data/<purpose>/<e>",
 * b * batchSize + r)}: nothing that was drawn before matters.
 */
public final class RandomWindows implements TrainingBatches {
    private final TokenStream tokens;
    private final int batchSize;
    private final int context;
    private final long seed;
    private final String purpose;

    /**
     * Windows for one purpose.
     *
     * @param batchSize rows in a batch
     * @param context tokens in a row
     * @param purpose names the random stream: windows for different purposes are drawn independently
     * @throws ProblemsException when the text is shorter than one window and the token after it
     */
    public RandomWindows(TokenStream tokens, int batchSize, int context, long seed, String purpose) {
        Sizes.requirePositive("batch size", batchSize);
        Sizes.requirePositive("context", context);
        tokens.requireLength(context + 1, DataMessages.context(context));
        this.tokens = tokens;
        this.batchSize = batchSize;
        this.context = context;
        this.seed = seed;
        this.purpose = purpose;
    }

    /** Tensors {@code ids}, {@code lengths}, {@code labels}; see {@link Batch}. */
    @Override
    public Batch batch(Position position) {
        int[] ids = new int[batchSize * context];
        int[] labels = new int[batchSize * context];
        int[] lengths = new int[batchSize];
        long stream = Streams.stream("data/" + purpose + "/" + position.epoch());
        for (int row = 0; row < batchSize; row++) {
            int start = Philox.below(tokens.length() - context, seed, stream, position.batch() * batchSize + row);
            tokens.copy(start, ids, row * context, context);
            tokens.copy(start + 1, labels, row * context, context);
            lengths[row] = context;
        }
        return textBatch(ids, lengths, labels, context, batchSize * context);
    }

    /** The next batch: there is no end of an epoch here. */
    @Override
    public Position after(Position position) {
        return new Position(position.epoch(), position.batch() + 1);
    }

    /**
     * The batches of one estimate of the loss: {@code count} random ones, others for each {@code number}
     * ({@code estimate_loss} of nanoGPT's {@code train.py}, whose {@code eval_iters} is the count).
     *
     * @param number which estimate of the run it is, from 0
     */
    public EvaluationBatches sample(long number, int count) {
        Sizes.requirePositive("number of batches", count);
        return new WindowSample(this, number, count);
    }

    static Batch textBatch(int[] ids, int[] lengths, int[] labels, int context, int labelCount) {
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.IDS, IntTensor.of(ids, lengths.length, context));
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, lengths.length));
        tensors.put(Batch.LABELS, IntTensor.of(labels, lengths.length, context));
        return new Batch(tensors, labelCount);
    }
}
