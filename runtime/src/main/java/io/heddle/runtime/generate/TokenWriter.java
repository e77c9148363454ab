package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes sequences side by side, of each the likeliest token, or one that is drawn. */
final class TokenWriter {
    private final Decoding decoding;
    private final Settings settings;

    /** @param decoding greedy, or drawing */
    TokenWriter(Decoding decoding, Settings settings) {
        this.decoding = decoding;
        this.settings = settings;
    }

    /**
     * Goes on after each start. Where positions run out, an answer ends, and a text reads its last tokens anew.
     *
     * @param session empty, with a row for each start
     * @param starts of one length
     * @param numbers what rows are called where something is drawn for them
     * @param listener is given each token of the first
     */
    List<Written> written(
            DecodingSession session, List<int[]> starts, int[] numbers, int count, IntConsumer listener) {
        settings.rules().require(count);
        List<List<Integer>> rows = new ArrayList<>();
        starts.forEach(start -> rows.add(new ArrayList<>(Arrays.stream(start).boxed().toList())));
        List<Settings> each = IntStream.range(0, starts.size())
                .mapToObj(row -> settings.over(session.words(row)))
                .toList();
        Written.End[] ends = new Written.End[rows.size()];
        Arrays.fill(ends, Written.End.COUNT);
        INDArray logits = session.read(lastOf(rows, session.limit().orElse(Integer.MAX_VALUE)));
        for (int number = 0; number < count; number++) {
            if (settings.stop().getAsBoolean()) {
                replaceOpen(ends, Written.End.ASKED);
                break;
            }
            ScoreRows said = ScoreRows.of(logits);
            for (int row = 0; row < ends.length; row++) {
                // An ended row is read on with the others; what it says does not count.
                if (ends[row] == Written.End.COUNT) {
                    List<Integer> tokens = rows.get(row);
                    int start = starts.get(row).length;
                    double[] scores = session.writable(said.row(row), row, settings.known());
                    int token = choose(each.get(row).rules().applied(scores, tokens, start), numbers[row], number);
                    tokens.add(token);
                    ends[row] = each.get(row).endOf(tokens, start, Written.End.COUNT);
                    if (row == 0) {
                        listener.accept(token);
                    }
                }
            }
            boolean open = Arrays.stream(ends).anyMatch(end -> end == Written.End.COUNT);
            if (!open || number + 1 == count) {
                break;
            }
            if (session.isFull() && session.readsSource()) {
                replaceOpen(ends, Written.End.POSITIONS);
                break;
            }
            logits = next(session, rows);
        }
        List<Written> written = new ArrayList<>();
        for (int row = 0; row < ends.length; row++) {
            written.add(new Written(rows.get(row), 0, ends[row]));
        }
        return written;
    }

    private static void replaceOpen(Written.End[] ends, Written.End why) {
        for (int row = 0; row < ends.length; row++) {
            ends[row] = ends[row] == Written.End.COUNT ? why : ends[row];
        }
    }

    /** Reads the newest token of each row; where positions run out, the last tokens are read anew from position 0. */
    private static INDArray next(DecodingSession session, List<List<Integer>> rows) {
        if (!session.isFull()) {
            return session.read(rows.stream().map(row -> new int[] {row.getLast()}).toArray(int[][]::new));
        }
        session.reset();
        return session.read(lastOf(rows, session.limit().orElseThrow()));
    }

    /** The last tokens of each row: {@code most} at the most. */
    static int[][] lastOf(List<List<Integer>> rows, int most) {
        int longest = rows.stream().mapToInt(List::size).max().orElse(0);
        return rows.stream()
                .map(row -> {
                    // A row that has ended has fewer tokens than the others: what it reads does not count.
                    List<Integer> padded = new ArrayList<>(row);
                    while (padded.size() < longest) {
                        padded.add(row.getLast());
                    }
                    return padded.subList(Math.max(0, longest - most), longest).stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                })
                .toArray(int[][]::new);
    }

    private int choose(double[] logits, int row, int number) {
        return switch (decoding) {
            case Decoding.Greedy _ -> TokenChoice.greedy(logits);
            case Decoding.Sampling sampling -> new TokenChoice(settings.seed()).sample(logits, sampling, row, number);
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.Contrastive _,Decoding.AllAtOnce _,Decoding.Restricted _ ->
                    throw new IllegalStateException(decoding + " is searched, not chosen.");
        };
    }
}
