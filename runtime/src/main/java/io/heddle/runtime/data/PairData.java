package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Classify;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.data.tokenizer.WordVocabulary;
import io.heddle.runtime.messages.DataMessages;
import io.heddle.runtime.messages.PairMessages;
import io.heddle.terms.Pooling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sentence pairs as token ids.
 *
 * <p>A source is its tokens and (unless told otherwise) the end token. The model reads the target as begin and its tokens
 * and is to say its tokens and end: teacher forcing.
 */
public final class PairData implements Examples {
    private final PairText text;
    private final List<EncodedPair> pairs;
    private final int skippedEmpty;
    private final int skippedLong;
    private final int sourcePadding;
    private final int targetPadding;
    private final Tokenizers tokenizers;
    private final OptionalInt copied;

    private PairData(
            PairText text, PairEncoder encoder, Tokenizer source, Tokenizer target, PairEncoding encoding) {
        tokenizers = new Tokenizers(source, target);
        copied = encoding.copied();
        this.text = text;
        this.pairs = List.copyOf(encoder.pairs());
        this.skippedEmpty = text.skipped() + encoder.skippedEmpty();
        this.skippedLong = encoder.skippedLong();
        this.sourcePadding = source.specialIds().padding().orElse(0);
        this.targetPadding = target.specialIds().padding().orElse(0);
    }

    /**
     * Encodes pairs.
     *
     * @throws ProblemsException when a tokenizer lacks the begin or end token, has no token for a character, or no pair
     *     is left within the maximum length
     */
    public static PairData encode(PairText text, Tokenizer source, Tokenizer target, PairEncoding encoding) {
        PairEncoder encoder = new PairEncoder(text, source, target, encoding);
        encoder.run();
        return new PairData(text, encoder, source, target, encoding);
    }

    /** How many pairs there are. */
    @Override
    public int size() {
        return pairs.size();
    }

    /** How many pairs were left out because a side was empty, or had no token. */
    public int skippedEmpty() {
        return skippedEmpty;
    }

    /** How many pairs were left out because a side was longer than the maximum. */
    public int skippedLong() {
        return skippedLong;
    }

    /** The pair of a number from 0 to {@link #size} - 1 as text: the reference to compare a translation with. */
    public SentencePair pair(int index) {
        return text.pairs().get(pairs.get(index).textIndex());
    }

    /** The source ids of a pair, with the end token where sources have one. */
    public int[] source(int index) {
        return pairs.get(index).source().clone();
    }

    /** The words of a pair's target that its vocabulary lacks and its source has; none where tokens are no words. */
    public List<String> copies(int index) {
        if (!(tokenizers.written() instanceof WordVocabulary written)) {
            return List.of();
        }
        Set<String> read = Set.copyOf(written.words(pair(index).source()));
        return written.words(pair(index).target()).stream()
                .filter(word -> written.id(word).isEmpty() && read.contains(word))
                .toList();
    }

    /** What the words of a pair's source are called where they may be copied; empty where they may not. */
    public Optional<SourceWords> words(int index) {
        return copied.isEmpty()
                ? Optional.empty()
                : Optional.of(SourceWords.of(pair(index).source(), source(index), tokenizers, copied.getAsInt()));
    }

    /**
     * Returns when a model with those vocabularies can read all pairs.
     *
     * @throws ProblemsException naming the first token outside on each side
     */
    public void requireVocabularies(int source, int target) {
        ProblemList problems = new ProblemList();
        addVocabularyProblem(problems, Side.SOURCE, source);
        addVocabularyProblem(problems, Side.TARGET, target);
        problems.throwIfAny();
    }

    /** What tells these pairs to learn from, and those held out, from others; see {@link DataMark}. */
    public DataMark mark(PairData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (PairData part : List.of(this, heldOut)) {
            for (EncodedPair pair : part.pairs) {
                mark.add(pair.source());
                mark.add(pair.target());
                if (pair.copies().length > 0) {
                    mark.add(pair.copies());
                    mark.add(pair.labels());
                }
                if (pair.makers().length > 0) {
                    mark.add(pair.makers());
                }
            }
        }
        return mark.mark(sizes);
    }

    /**
     * Returns when a model with so many learned positions can read all pairs.
     *
     * @throws ProblemsException naming each pair that is too long
     */
    public void requirePositions(Optional<PositionLimit> source, Optional<PositionLimit> target) {
        ProblemList problems = new ProblemList();
        source.ifPresent(limit -> addLengthProblems(problems, Side.SOURCE, limit));
        target.ifPresent(limit -> addLengthProblems(problems, Side.TARGET, limit));
        problems.throwIfAny();
    }

    /**
     * Returns when a classifier has a class for the length of each target, or for how many words each position of a source makes.
     *
     * @throws ProblemsException naming each pair that has more
     */
    public void requireForetold(Classify head) {
        ProblemList problems = new ProblemList();
        boolean each = head.getPooling() == Pooling.Each;
        int[] most = pairs.stream()
                .mapToInt(pair -> each ? Fertilities.most(pair) : pair.targetLength())
                .toArray();
        int wanted = Arrays.stream(most).max().orElse(0) + 1;
        for (int index = 0; index < most.length; index++) {
            if (most[index] >= head.getClasses()) {
                String what = each ? "words that a position of the source makes" : "tokens of the target";
                problems.add(PairMessages.notForetold(
                        origin(index, Side.TARGET).linePlace(),
                        what,
                        most[index],
                        head.getName(),
                        head.getClasses(),
                        wanted));
            }
        }
        problems.throwIfAny();
    }

    EncodedPair encoded(int index) {
        return pairs.get(index);
    }

    @Override
    public int length(int index) {
        return Math.max(pairs.get(index).sourceLength(), pairs.get(index).targetLength());
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator
                .comparingInt((Integer index) -> pairs.get(index).targetLength())
                .thenComparingInt(index -> pairs.get(index).sourceLength());
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        return PaddedPairs.batch(this, rows, lengthMultiple);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        return PairMessages.tooLong(place(index), length, batch);
    }

    int sourcePadding() {
        return sourcePadding;
    }

    int targetPadding() {
        return targetPadding;
    }

    /** {@code file:line} of a pair's source. */
    String place(int index) {
        return text.sourceOrigin(pair(index)).linePlace();
    }

    private enum Side {
        SOURCE, TARGET
    }

    private void addLengthProblems(ProblemList problems, Side side, PositionLimit limit) {
        int longest = pairs.stream().mapToInt(pair -> length(pair, side)).max().orElse(0);
        for (int index = 0; index < pairs.size(); index++) {
            int length = length(pairs.get(index), side);
            if (length > limit.positions()) {
                problems.add(limit.problem(origin(index, side).linePlace(), words(side), length, longest));
            }
        }
    }

    private static int length(EncodedPair pair, Side side) {
        return switch (side) {
            case SOURCE -> pair.sourceLength();
            case TARGET -> pair.targetLength();
        };
    }

    private static String words(Side side) {
        return switch (side) {
            case SOURCE -> "source";
            case TARGET -> "target";
        };
    }

    private TextOrigin origin(int index, Side side) {
        return switch (side) {
            case SOURCE -> text.sourceOrigin(pair(index));
            case TARGET -> text.targetOrigin(pair(index));
        };
    }

    private void addVocabularyProblem(ProblemList problems, Side side, int vocabularySize) {
        OptionalInt first = OptionalInt.empty();
        String place = "";
        int largest = 0;
        long outside = 0;
        for (int index = 0; index < pairs.size(); index++) {
            for (int id : side == Side.SOURCE ? pairs.get(index).source() : pairs.get(index).target()) {
                if (id < vocabularySize) {
                    continue;
                }
                if (first.isEmpty()) {
                    first = OptionalInt.of(id);
                    place = origin(index, side).linePlace();
                }
                largest = Math.max(largest, id);
                outside++;
            }
        }
        if (first.isPresent()) {
            problems.add(DataMessages.outsideModel(place, first.getAsInt(), vocabularySize, largest, outside));
        }
    }
}
