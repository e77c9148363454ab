package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.put;

import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.parallel.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@link AttentionForward} for one query in each row of the batch, as a model that writes has one for each token.
 *
 * <p>All heads look at a key before the next one is read, so a cache is read from its front to its back, and each worker reads a
 * part of it. What the parts give, for each head the largest score, the sum of weights and the weighted sum of values, is put
 * together in the end (Milakov and Gimelshein, arXiv 1805.02867, section 3.1; for long contexts Dao et al., "Flash-Decoding for
 * long-context inference", 2023). How many parts there are depends on sizes and the number of workers alone.
 */
public final class DecodingAttention {
    private static final int KEYS = 256;
    private static final int ALIGNMENT = 64;

    /** Products below which a part is not worth another worker's while. */
    private static final long WORTH_SHARING = 1 << 15;

    private final AttentionShape shape;
    private final AttentionTensors tensors;
    private final WorkerPool pool;
    private final HeadRows keyRows;
    private final HeadRows valueRows;
    private final int parts;
    private final int partial;
    private final MemorySegment partials;
    private final RangeTask task = (from, to, worker) -> attend(from, to);
    private AttentionMask mask = AttentionMask.NONE;

    /**
     * An attention over the workers of a pool.
     *
     * @param shape of {@code queries = 1}
     * @throws IllegalArgumentException when there are more
     */
    public DecodingAttention(AttentionShape shape, AttentionTensors tensors, WorkerPool pool) {
        if (shape.queries() != 1) {
            throw new IllegalArgumentException("queries = " + shape.queries() + " must be 1.");
        }
        this.shape = shape;
        this.tensors = tensors;
        this.pool = pool;
        int heads = shape.heads();
        int group = heads / shape.keyValueHeads();
        keyRows = new HeadRows(heads, group, shape.headWidth(), shape.keyStride(), KEYS);
        valueRows = new HeadRows(heads, group, shape.valueWidth(), shape.valueStride(), KEYS);
        long products = (long) shape.batch() * shape.keys() * heads * (shape.headWidth() + shape.valueWidth());
        parts = products < WORTH_SHARING ? 1 : pool.size();
        partial = heads * (2 + shape.valueWidth());
        partials = Arena.ofAuto().allocate(4L * shape.batch() * parts * partial, ALIGNMENT);
    }

    /** Attends through a mask without tiles: writes output and logSumExps, as {@link AttentionForward} does. */
    public void run(AttentionMask now) {
        mask = now;
        if (parts == 1) {
            attend(0, shape.batch());
        } else {
            pool.parallel(shape.batch() * parts, task);
        }
        for (int row = 0; row < shape.batch(); row++) {
            merge(row);
        }
    }

    /** For each head of a part the largest score; then the sums of weights; then those of values. */
    private long partial(int row, int part) {
        return at(partials.address(), (long) (row * parts + part) * partial);
    }

    private void attend(int from, int to) {
        int heads = shape.heads();
        int weighing = WeightRows.work(heads);
        long scores = Scratch.floats(
                Scratch.Use.ATTENTION, (long) heads * (KEYS + 1) + Math.max(weighing, keyRows.work()));
        for (int unit = from; unit < to; unit++) {
            int row = unit / parts;
            int part = unit % parts;
            int end = mask.end(0, mask.keyLength(shape, row));
            int first = Math.min(mask.first(0), end);
            int seen = Math.max(0, end - first);
            attend(
                    row, first + (int) ((long) seen * part / parts), first + (int) ((long) seen * (part + 1) / parts),
                    partial(row, part), scores);
        }
    }

    private void attend(int row, int from, int to, long partial, long scores) {
        int heads = shape.heads();
        long sums = at(partial, heads);
        long output = at(sums, heads);
        long corrections = at(scores, (long) heads * KEYS);
        long work = at(corrections, heads);
        Memory.fill(partial, Float.NEGATIVE_INFINITY, heads);
        Memory.fill(sums, 0f, heads * (1 + shape.valueWidth()));
        for (int key = from; key < to; key += KEYS) {
            int count = Math.min(KEYS, to - key);
            keyRows.score(
                    shape.query(tensors.queries(), row, 0, 0), shape.key(tensors.keys(), row, key, 0), count,
                    shape.scale(), scores, work);
            for (int head = 0; head < heads; head++) {
                ScoreTile.setAfter(at(scores, (long) head * KEYS), count, Float.NEGATIVE_INFINITY);
            }
            WeightRows.weigh(
                    scores, KEYS, heads, 0, ScoreTile.up(count), count, partial, sums, corrections, work);
            if (key > from) {
                correct(output, corrections);
            }
            valueRows.accumulate(scores, shape.value(tensors.values(), row, key, 0), count, output);
        }
    }

    private void correct(long output, long corrections) {
        for (int head = 0; head < shape.heads(); head++) {
            long target = at(output, (long) head * shape.valueWidth());
            Elementwise.scale(target, get(at(corrections, head)), target, 0, shape.valueWidth());
        }
    }

    /** The sums of all parts, each brought to the largest score of all, divided by the sum of all weights. */
    private void merge(int row) {
        int width = shape.valueWidth();
        for (int head = 0; head < shape.heads(); head++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int part = 0; part < parts; part++) {
                largest = Math.max(largest, get(at(partial(row, part), head)));
            }
            float sum = 0f;
            for (int part = 0; part < parts; part++) {
                sum += share(row, part, head, largest) * get(at(partial(row, part), shape.heads() + head));
            }
            long target = shape.output(tensors.output(), row, 0, head);
            Memory.fill(target, 0f, width);
            for (int part = 0; part < parts; part++) {
                float factor = share(row, part, head, largest);
                if (factor != 0f) {
                    long values = at(partial(row, part), 2L * shape.heads() + (long) head * width);
                    Elementwise.accumulateScaled(values, factor / sum, target, 0, width);
                }
            }
            if (tensors.logSumExps() != 0) {
                put(shape.perQuery(tensors.logSumExps(), row, head, 0), (float) (largest + Math.log(sum)));
            }
        }
    }

    /** What a part's sums are multiplied by; 0 for one that has seen nothing. */
    private float share(int row, int part, int head, float largest) {
        float own = get(at(partial(row, part), head));
        if (own == Float.NEGATIVE_INFINITY) {
            return 0f;
        }
        return own == largest ? 1f : (float) Math.exp(own - largest);
    }
}
