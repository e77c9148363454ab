package io.heddle.runtime.data;

import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Hides words of targets from a decoder that fills them in (arXiv 1904.09324, section 3.1). What it reads at a place is
 * the word that stands there, the end token included, and not the one before; a hidden word is the mask. The label of a
 * hidden word is what it was, and no other has one. The batch also says what {@link Fertilities} are.
 *
 * <p>What happens to row i of batch b depends on (seed, purpose, b, i) alone.
 *
 * @param share how many words of a row are hidden
 * @param mask the id of the mask
 * @param purpose names the random streams: targets for different purposes are hidden independently
 */
public record HiddenTargets(Share share, int mask, long seed, String purpose) {
    /** How many words of a row are hidden. */
    public enum Share {
        /** All of them. */
        ALL,

        /** From one to all, each number as likely as any other. */
        DRAWN
    }

    /** A batch of pairs as one to fill in; see {@link Batch}. */
    public Batch in(Batch pairs, long epoch, long number) {
        IntTensor truth = pairs.tensor(Batch.LABELS);
        int width = truth.size(1);
        int[] lengths = pairs.tensor(Batch.TARGET_LENGTHS).values();
        int[] read = pairs.tensor(Batch.TARGET).values().clone(); // Its padding stays.
        int[] labels = new int[read.length];
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        long places = stream("places", epoch, number);
        int hidden = 0;
        for (int row = 0; row < lengths.length; row++) {
            int first = row * width;
            System.arraycopy(truth.values(), first, read, first, lengths[row]);
            int count = switch (share) {
                case ALL -> lengths[row];
                case DRAWN -> 1 + Philox.below(lengths[row], seed, stream("count", epoch, number), row);
            };
            for (int place : drawn(lengths[row], count, places, first)) {
                labels[first + place] = read[first + place];
                read[first + place] = mask;
            }
            hidden += count;
        }
        Batch filled = Fertilities.in(pairs)
                .with(Batch.TARGET, IntTensor.of(read, truth.shape()))
                .with(Batch.LABELS, IntTensor.of(labels, truth.shape()));
        return new Batch(filled.tensors(), filled.reals(), hidden);
    }

    /** So many of the places from 0 to {@code length - 1}, each set of them as likely as any other. */
    private int[] drawn(int length, int count, long stream, long first) {
        int[] all = IntStream.range(0, length).toArray();
        for (int place = 0; place < count && count < length; place++) {
            int other = place + Philox.below(length - place, seed, stream, first + place);
            int carried = all[place];
            all[place] = all[other];
            all[other] = carried;
        }
        return Arrays.copyOf(all, count);
    }

    private long stream(String what, long epoch, long number) {
        return Streams.stream("targets/" + purpose + "/" + what + "/" + epoch + "/" + number);
    }
}
