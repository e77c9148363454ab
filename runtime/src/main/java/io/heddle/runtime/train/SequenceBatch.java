package io.heddle.runtime.train;

import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts sequences that a model wrote for the sources of a batch into the rectangles of another batch. */
final class SequenceBatch {
    private final Batch sources;
    private final List<OwnSequence> sequences;
    private final int width;

    /** @param multiple what the width is rounded up to a multiple of */
    SequenceBatch(Batch sources, List<OwnSequence> sequences, int multiple) {
        this.sources = sources;
        this.sequences = sequences;
        int longest = sequences.stream().mapToInt(each -> each.words().length).max().orElse(1);
        width = Math.ceilDiv(longest, multiple) * multiple;
    }

    int width() {
        return width;
    }

    /**
     * The sequences, each read behind the begin token of its target.
     *
     * @param learned how many words of each sequence are learned by cross entropy, from the first on
     * @param padding the token that fills rows
     */
    Batch batch(int[] learned, int padding) {
        int count = sequences.size();
        IntTensor source = sources.tensor(Batch.SOURCE);
        IntTensor truth = sources.tensor(Batch.TARGET);
        int sourceWidth = source.size(1);
        int[] read = new int[count * sourceWidth];
        int[] readLengths = new int[count];
        int[] written = filled(count * width, padding);
        int[] writtenLengths = new int[count];
        int[] labels = filled(count * width, Batch.IGNORED_LABEL);
        for (int place = 0; place < count; place++) {
            OwnSequence sequence = sequences.get(place);
            int[] words = sequence.words();
            System.arraycopy(source.values(), sequence.row() * sourceWidth, read, place * sourceWidth, sourceWidth);
            readLengths[place] = sources.tensor(Batch.SOURCE_LENGTHS).values()[sequence.row()];
            written[place * width] = truth.values()[sequence.row() * truth.size(1)];
            System.arraycopy(words, 0, written, place * width + 1, words.length - 1);
            writtenLengths[place] = words.length;
            System.arraycopy(words, 0, labels, place * width, learned[place]);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.SOURCE, IntTensor.of(read, count, sourceWidth));
        tensors.put(Batch.SOURCE_LENGTHS, IntTensor.of(readLengths, count));
        tensors.put(Batch.TARGET, IntTensor.of(written, count, width));
        tensors.put(Batch.TARGET_LENGTHS, IntTensor.of(writtenLengths, count));
        tensors.put(Batch.LABELS, IntTensor.of(labels, count, width));
        return new Batch(tensors, Arrays.stream(learned).sum());
    }

    /** The words that the model chose, and none elsewhere. */
    IntTensor drawn() {
        int[] drawn = filled(sequences.size() * width, Batch.IGNORED_LABEL);
        for (int place = 0; place < sequences.size(); place++) {
            OwnSequence sequence = sequences.get(place);
            System.arraycopy(
                    sequence.words(), sequence.given(), drawn, place * width + sequence.given(), sequence.own());
        }
        return IntTensor.of(drawn, sequences.size(), width);
    }

    /** The same number for each word that the model chose in a sequence. */
    double[] spread(double[] each) {
        double[] weights = new double[sequences.size() * width];
        for (int place = 0; place < sequences.size(); place++) {
            OwnSequence sequence = sequences.get(place);
            int begin = place * width;
            Arrays.fill(weights, begin + sequence.given(), begin + sequence.words().length, each[place]);
        }
        return weights;
    }

    private static int[] filled(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
