package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets a model write, token by token. */
public final class Generator {
    private final RunnableModel model;
    private final Decoding decoding;
    private final OptionalInt end;
    private final int known;
    private final long seed;

    /**
     * A generator.
     *
     * @param end the token that ends a sequence; empty for none
     * @param seed decides what is drawn
     */
    public Generator(RunnableModel model, Decoding decoding, OptionalInt end, long seed) {
        this(model, decoding, end, Integer.MAX_VALUE, seed);
    }

    private Generator(RunnableModel model, Decoding decoding, OptionalInt end, int known, long seed) {
        this.model = model;
        this.decoding = decoding;
        this.end = end;
        this.known = known;
        this.seed = seed;
    }

    /**
     * A generator that writes the tokens of a tokenizer alone: what else a padded vocabulary has is never chosen.
     *
     * @param tokenizer of what is written
     * @param seed decides what is drawn
     */
    public static Generator of(RunnableModel model, Decoding decoding, Tokenizer tokenizer, long seed) {
        return new Generator(model, decoding, tokenizer.specialIds().end(), tokenizer.vocabularySize(), seed);
    }

    /**
     * Goes on after a prompt. Where positions run out, the last tokens are read anew from position 0; a beam search ends there.
     *
     * @param prompt one token or more
     * @param count how many tokens are written at most
     * @param listener is given each token as it is written; those of a beam search when it is done
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public Written after(int[] prompt, int count, IntConsumer listener) {
        return switch (decoding) {
            case Decoding.Beam beam -> {
                DecodingSession session = DecodingSession.of(model, beam.getSize());
                Written best = searched(session, beam, prompt, count);
                best.tokens().stream().skip(prompt.length).forEach(listener::accept);
                yield best;
            }
            case Decoding.Greedy _,Decoding.Sampling _ ->
                    written(DecodingSession.of(model, 1), List.of(prompt), count, listener).getFirst();
        };
    }

    /**
     * Writes a sequence for each source, all side by side. Where positions run out, it ends: without its beginning, what was
     * written does not tell how far the source has been answered.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public List<Written> from(List<int[]> sources, int begin, int count) {
        return from(sources, List.of(), begin, count);
    }

    /**
     * The same of a model that may copy words of its sources: tokens behind the vocabulary are theirs.
     *
     * @param words of each source; none where nothing is copied
     */
    public List<Written> from(List<int[]> sources, List<SourceWords> words, int begin, int count) {
        int[] start = {begin};
        return switch (decoding) {
            case Decoding.Beam beam -> IntStream.range(0, sources.size())
                    .mapToObj(row -> {
                        List<int[]> rows = Collections.nCopies(beam.getSize(), sources.get(row));
                        List<SourceWords> each = words.isEmpty()
                                ? List.of()
                                : Collections.nCopies(beam.getSize(), words.get(row));
                        return searched(DecodingSession.over(model, rows, each), beam, start, count);
                    })
                    .toList();
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                List<int[]> starts = Collections.nCopies(sources.size(), start);
                yield written(DecodingSession.over(model, sources, words), starts, count, _ -> {});
            }
        };
    }

    private Written searched(DecodingSession session, Decoding.Beam beam, int[] start, int count) {
        int asked = start.length + count;
        int longest = Math.min(asked, session.limit().orElse(Integer.MAX_VALUE));
        Written.End atLongest = longest < asked ? Written.End.POSITIONS : Written.End.COUNT;
        return new BeamSearch(beam, end, known).search(session, start, longest, atLongest);
    }

    private List<Written> written(DecodingSession session, List<int[]> starts, int count, IntConsumer listener) {
        List<List<Integer>> rows = new ArrayList<>();
        starts.forEach(start -> rows.add(new ArrayList<>(Arrays.stream(start).boxed().toList())));
        boolean[] ended = new boolean[rows.size()];
        Written.End atLast = Written.End.COUNT;
        INDArray logits = session.read(lastOf(rows, session.limit().orElse(Integer.MAX_VALUE)));
        for (int number = 0; number < count; number++) {
            int open = 0;
            for (int row = 0; row < rows.size(); row++) {
                int token = choose(session.writable(logits.getRow(row), row, known), row, number);
                // An ended row is read on with the others; what it says does not count.
                if (!ended[row]) {
                    rows.get(row).add(token);
                    ended[row] = end.isPresent() && token == end.getAsInt();
                    open += ended[row] ? 0 : 1;
                    if (row == 0) {
                        listener.accept(token);
                    }
                }
            }
            if (open == 0 || number + 1 == count) {
                break;
            }
            if (session.isFull() && session.readsSource()) {
                atLast = Written.End.POSITIONS;
                break;
            }
            logits = next(session, rows);
        }
        List<Written> written = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            written.add(new Written(rows.get(row), 0, ended[row] ? Written.End.TOKEN : atLast));
        }
        return written;
    }

    /** Reads the newest token of each row; where positions run out, the last tokens are read anew from position 0. */
    private static INDArray next(DecodingSession session, List<List<Integer>> rows) {
        if (!session.isFull()) {
            return session.read(lastOf(rows, 1));
        }
        session.reset();
        return session.read(lastOf(rows, session.limit().orElseThrow()));
    }

    /** The last tokens of each row: as many as the shortest has, {@code most} at the most. */
    private static int[][] lastOf(List<List<Integer>> rows, int most) {
        return rows.stream()
                .map(row -> row.subList(Math.max(0, row.size() - most), row.size()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    private int choose(double[] logits, int row, int number) {
        return switch (decoding) {
            case Decoding.Greedy _ -> TokenChoice.greedy(logits);
            case Decoding.Sampling sampling -> new TokenChoice(seed).sample(logits, sampling, row, number);
            case Decoding.Beam beam -> throw new IllegalStateException(beam + " is searched, not chosen.");
        };
    }
}
