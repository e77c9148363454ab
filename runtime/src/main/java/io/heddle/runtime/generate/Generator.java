package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets a model write, token by token. */
public final class Generator {
    private final RunnableModel model;
    private final Decoding decoding;
    private final OptionalInt end;
    private final long seed;

    /**
     * A generator.
     *
     * @param end the token that ends a sequence; empty for none
     * @param seed decides what is drawn
     */
    public Generator(RunnableModel model, Decoding decoding, OptionalInt end, long seed) {
        this.model = model;
        this.decoding = decoding;
        this.end = end;
        this.seed = seed;
    }

    /**
     * Goes on after a prompt.
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
     * Writes a sequence for each source, all side by side.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public List<Written> from(List<int[]> sources, int begin, int count) {
        int[] start = {begin};
        return switch (decoding) {
            case Decoding.Beam beam -> sources.stream()
                    .map(source -> {
                        List<int[]> rows = Collections.nCopies(beam.getSize(), source);
                        return searched(DecodingSession.over(model, rows), beam, start, count);
                    })
                    .toList();
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                List<int[]> starts = Collections.nCopies(sources.size(), start);
                yield written(DecodingSession.over(model, sources), starts, count, _ -> {});
            }
        };
    }

    private Written searched(DecodingSession session, Decoding.Beam beam, int[] start, int count) {
        int longest = Math.min(start.length + count, session.limit().orElse(Integer.MAX_VALUE));
        return new BeamSearch(beam, end).search(session, start, longest);
    }

    private List<Written> written(DecodingSession session, List<int[]> starts, int count, IntConsumer listener) {
        List<List<Integer>> rows = new ArrayList<>();
        starts.forEach(start -> rows.add(new ArrayList<>(Arrays.stream(start).boxed().toList())));
        boolean[] ended = new boolean[rows.size()];
        INDArray logits = session.read(lastOf(rows, session.limit().orElse(Integer.MAX_VALUE)));
        for (int number = 0; number < count; number++) {
            int open = 0;
            for (int row = 0; row < rows.size(); row++) {
                int token = choose(logits.getRow(row).toDoubleVector(), row, number);
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
            logits = next(session, rows);
        }
        return rows.stream().map(row -> new Written(row, 0)).toList();
    }

    /** Reads the newest token of each row; where positions run out, the last tokens are read anew from position 0. */
    private static INDArray next(DecodingSession session, List<List<Integer>> rows) {
        int limit = session.limit().orElse(Integer.MAX_VALUE);
        if (session.length() < limit) {
            return session.read(lastOf(rows, 1));
        }
        session.reset();
        return session.read(lastOf(rows, limit));
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
