package io.heddle.runtime.data;

import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Hides tokens of text, which are to be filled in (arXiv 1810.04805, section 3.1 and appendix A.1): of those drawn, 80 %
 * become the mask, 10 % any token, and 10 % stay as they are. The label of a token that is drawn is what it was, and no
 * other has one. Where chance draws none of a batch, one is drawn all the same: a loss over nothing is no number.
 *
 * <p>What happens to token i of batch b depends on (seed, purpose, b, i) alone.
 *
 * @param share how many tokens are drawn, above 0 and below 1
 * @param tokens how many different tokens the text may have; the mask is the one after them
 * @param purpose names the random streams: texts for different purposes are hidden independently
 */
public record Masking(double share, int tokens, long seed, String purpose) {
    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.1;

    /** A batch of text as one to fill in; see {@link Batch}. */
    Batch hide(Batch text, long epoch, long number) {
        IntTensor whole = text.tensor(Batch.IDS);
        int[] ids = whole.values().clone();
        int[] labels = new int[ids.length];
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        long drawing = stream("drawn", epoch, number);
        long changing = stream("changed", epoch, number);
        long tokenDrawing = stream("tokens", epoch, number);
        int drawn = 0;
        int[] real = real(text);
        for (int place : real) {
            if (Philox.uniformDouble(seed, drawing, place) < share) {
                labels[place] = ids[place];
                drawn++;
            }
        }
        if (drawn == 0) {
            int place = real[Philox.below(real.length, seed, stream("one", epoch, number), 0)];
            labels[place] = ids[place];
            drawn = 1;
        }
        for (int place = 0; place < ids.length; place++) {
            if (labels[place] != Batch.IGNORED_LABEL) {
                double change = Philox.uniformDouble(seed, changing, place);
                if (change < MASKED) {
                    ids[place] = tokens;
                } else if (change < MASKED + REPLACED) {
                    ids[place] = Philox.below(tokens, seed, tokenDrawing, place);
                }
            }
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>(text.tensors());
        tensors.put(Batch.IDS, IntTensor.of(ids, whole.shape()));
        tensors.put(Batch.LABELS, IntTensor.of(labels, whole.shape()));
        return new Batch(tensors, drawn);
    }

    /** The places that are no padding. */
    private static int[] real(Batch text) {
        int width = text.tensor(Batch.IDS).size(1);
        int[] lengths = text.tensor(Batch.LENGTHS).values();
        return IntStream.range(0, lengths.length * width)
                .filter(place -> place % width < lengths[place / width])
                .toArray();
    }

    private long stream(String what, long epoch, long number) {
        return Streams.stream("mask/" + purpose + "/" + what + "/" + epoch + "/" + number);
    }
}
