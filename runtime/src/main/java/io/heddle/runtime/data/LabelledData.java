package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.LabelMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Texts with a class each, or sentences with a tag for each word, as token ids. */
public final class LabelledData implements Examples {
    /** What has a label. */
    private enum Labelled {
        SEQUENCES, TOKENS
    }

    private final Labelled labelled;
    private final List<LabelledSequence> sequences;
    private final int padding;
    private final int changed;

    private LabelledData(Labelled labelled, List<LabelledSequence> sequences, Tokenizer tokenizer, int changed) {
        this.labelled = labelled;
        this.sequences = List.copyOf(sequences);
        this.padding = tokenizer.specialIds().padding().orElse(0);
        this.changed = changed;
    }

    /**
     * Encodes texts with a class each; of those with more tokens the first {@code maximumLength} are kept.
     *
     * @throws ProblemsException when the tokenizer has no token for a character, or makes no token of a text
     */
    public static LabelledData ofTexts(List<LabelledText> texts, Tokenizer tokenizer, int maximumLength) {
        List<LabelledSequence> sequences = new ArrayList<>();
        ProblemList problems = new ProblemList();
        int cut = 0;
        for (LabelledText text : texts) {
            int[] ids = encoded(text, tokenizer, problems);
            cut += ids.length > maximumLength ? 1 : 0;
            int[] kept = Arrays.copyOf(ids, Math.min(ids.length, maximumLength));
            sequences.add(new LabelledSequence(kept, new int[] {text.label()}, text.origin()));
        }
        problems.throwIfAny();
        return new LabelledData(Labelled.SEQUENCES, sequences, tokenizer, cut);
    }

    /**
     * Encodes sentences with a tag for each word; those with more than {@code maximumLength} tokens are left out.
     *
     * @throws ProblemsException when the tokenizer has no token for a character, makes no token of a word, or no sentence
     *     is left
     */
    public static LabelledData ofSentences(List<List<LabelledText>> sentences, Tokenizer tokenizer, int maximumLength) {
        List<LabelledSequence> sequences = new ArrayList<>();
        ProblemList problems = new ProblemList();
        for (List<LabelledText> sentence : sentences) {
            LabelledSequence sequence = tagged(sentence, tokenizer, problems);
            if (sequence.ids().length <= maximumLength) {
                sequences.add(sequence);
            }
        }
        if (sequences.isEmpty()) {
            problems.add(LabelMessages.nothingLeft(sentences.getFirst().getFirst().origin().name(), maximumLength));
        }
        problems.throwIfAny();
        return new LabelledData(Labelled.TOKENS, sequences, tokenizer, sentences.size() - sequences.size());
    }

    private static LabelledSequence tagged(List<LabelledText> sentence, Tokenizer tokenizer, ProblemList problems) {
        List<int[]> words = sentence.stream().map(word -> encoded(word, tokenizer, problems)).toList();
        int[] labels = new int[words.stream().mapToInt(ids -> ids.length).sum()];
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        int at = 0;
        for (int word = 0; word < words.size(); word++) {
            if (words.get(word).length > 0) {
                labels[at] = sentence.get(word).label();
            }
            at += words.get(word).length;
        }
        int[] ids = words.stream().flatMapToInt(Arrays::stream).toArray();
        return new LabelledSequence(ids, labels, sentence.getFirst().origin());
    }

    private static int[] encoded(LabelledText text, Tokenizer tokenizer, ProblemList problems) {
        try {
            int[] ids = tokenizer.encode(text.text(), text.origin());
            if (ids.length == 0) {
                problems.add(LabelMessages.noToken(text.origin().linePlace()));
            }
            return ids;
        } catch (ProblemsException unknown) {
            problems.addAll(unknown);
            return new int[0];
        }
    }

    @Override
    public int size() {
        return sequences.size();
    }

    /** How many texts were cut, or how many sentences were left out, because they were longer than the maximum. */
    public int changed() {
        return changed;
    }

    /** How many labels there are of all examples. */
    public long labels() {
        return sequences.stream().flatMapToInt(sequence -> Arrays.stream(sequence.labels()))
                .filter(label -> label != Batch.IGNORED_LABEL).count();
    }

    @Override
    public int length(int index) {
        return sequences.get(index).ids().length;
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator.comparingInt(this::length);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        return LabelMessages.tooLong(sequences.get(index).origin().linePlace(), length, batch);
    }

    /**
     * Returns when a model with so many learned positions can read all of it.
     *
     * @throws ProblemsException naming each example that is too long
     */
    public void requirePositions(PositionLimit limit) {
        ProblemList problems = new ProblemList();
        int longest = sequences.stream().mapToInt(sequence -> sequence.ids().length).max().orElse(0);
        for (LabelledSequence sequence : sequences) {
            int length = sequence.ids().length;
            if (length > limit.positions()) {
                TextOrigin origin = sequence.origin();
                problems.add(LabelMessages.longerThanPositions(
                        origin.linePlace(), length, limit.input(), limit.positions(), longest));
            }
        }
        problems.throwIfAny();
    }

    /** What tells these examples to learn from, and those held out, from others; see {@link DataMark}. */
    public DataMark mark(LabelledData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (LabelledData part : List.of(this, heldOut)) {
            for (LabelledSequence sequence : part.sequences) {
                mark.add(sequence.ids());
                mark.add(sequence.labels());
            }
        }
        return mark.mark(sizes);
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        int width = Sizes.roundUp(IntStream.of(rows).map(this::length).max().orElse(0), lengthMultiple);
        int[] ids = new int[Math.multiplyExact(rows.length, width)];
        Arrays.fill(ids, padding);
        int[] lengths = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            int[] sequence = sequences.get(rows[row]).ids();
            lengths[row] = sequence.length;
            System.arraycopy(sequence, 0, ids, row * width, sequence.length);
        }
        IntTensor labels = labels(rows, width);
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.IDS, IntTensor.of(ids, rows.length, width));
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, rows.length));
        tensors.put(Batch.LABELS, labels);
        long real = Arrays.stream(labels.values()).filter(label -> label != Batch.IGNORED_LABEL).count();
        return new Batch(tensors, Math.toIntExact(real));
    }

    private IntTensor labels(int[] rows, int width) {
        return switch (labelled) {
            case SEQUENCES -> IntTensor.of(
                    IntStream.of(rows).map(row -> sequences.get(row).labels()[0]).toArray(), rows.length);
            case TOKENS -> {
                int[] labels = new int[rows.length * width];
                Arrays.fill(labels, Batch.IGNORED_LABEL);
                for (int row = 0; row < rows.length; row++) {
                    int[] own = sequences.get(rows[row]).labels();
                    System.arraycopy(own, 0, labels, row * width, own.length);
                }
                yield IntTensor.of(labels, rows.length, width);
            }
        };
    }
}
