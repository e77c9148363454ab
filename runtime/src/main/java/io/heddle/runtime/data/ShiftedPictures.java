package io.heddle.runtime.data;

import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;
import java.util.Map;

/**
 * Pictures to learn from, each moved by a few pixels, uniform in {@code -most} to {@code most} along rows and along
 * columns. How picture i of batch b of an epoch is moved depends on (seed, epoch, b, i) alone.
 *
 * <p>Source: arXiv 1512.03385, section 4.2, a random crop of the padded picture.
 */
public final class ShiftedPictures implements TrainingBatches {
    private final EpochBatches whole;
    private final int most;
    private final float background;
    private final long seed;

    /** The batches of {@code whole}; {@code background} comes in from outside. */
    public ShiftedPictures(EpochBatches whole, int most, float background, long seed) {
        this.whole = whole;
        this.most = most;
        this.background = background;
        this.seed = seed;
    }

    @Override
    public Batch batch(Position position) {
        Batch batch = whole.batch(position);
        RealTensor pixels = batch.real(Batch.PIXELS);
        PictureSize size = new PictureSize(pixels.size(1), pixels.size(2), pixels.size(3));
        float[] moved = new float[pixels.values().length];
        Arrays.fill(moved, background);
        long stream = Streams.stream("data/shift/" + position.epoch() + "/" + position.batch());
        for (int row = 0; row < pixels.size(0); row++) {
            long down = Philox.below(2L * most + 1, seed, stream, 2L * row) - most;
            long right = Philox.below(2L * most + 1, seed, stream, 2L * row + 1) - most;
            move(pixels.values(), moved, row * size.numbers(), size, down, right);
        }
        RealTensor tensor = RealTensor.of(moved, pixels.shape());
        return new Batch(batch.tensors(), Map.of(Batch.PIXELS, tensor), batch.labelCount());
    }

    private static void move(float[] from, float[] to, int first, PictureSize size, long down, long right) {
        int width = size.columns() * size.channels();
        int kept = (int) Math.max(0, size.columns() - Math.abs(right)) * size.channels();
        int source = kept == 0 ? 0 : (int) Math.max(0, -right) * size.channels();
        int target = kept == 0 ? 0 : (int) Math.max(0, right) * size.channels();
        for (int row = 0; row < size.rows(); row++) {
            long above = row - down;
            if (above >= 0 && above < size.rows()) {
                System.arraycopy(from, first + (int) above * width + source, to, first + row * width + target, kept);
            }
        }
    }

    @Override
    public Position after(Position position) {
        return whole.after(position);
    }
}
