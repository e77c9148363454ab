package io.heddle.runtime.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * Which word of a hypothesis stands for which word of its reference, by the fewest insertions, deletions and replacements.
 *
 * <p>As in Tercom, only places near the diagonal are looked at, 25 to each side; of ways that cost alike, words that are equal
 * or replaced come first, then words that are too many, then words that are missing.
 */
final class WordAlignment {
    private static final int BEAM = 25;
    private static final int NEVER = 1 << 29;

    private enum Way {
        NONE,
        BOTH,
        TOO_MANY,
        MISSING
    }

    private final int edits;
    private final boolean[] right;
    private final boolean[] met;
    private final int[] aligned;

    WordAlignment(List<String> hypothesis, List<String> reference) {
        int rows = hypothesis.size();
        int columns = reference.size();
        int[][] cost = new int[rows + 1][columns + 1];
        Way[][] way = new Way[rows + 1][columns + 1];
        fill(hypothesis, reference, cost, way);
        edits = cost[rows][columns];
        right = new boolean[rows];
        met = new boolean[columns];
        aligned = new int[columns];
        int row = rows;
        int column = columns;
        while (row > 0 || column > 0) {
            switch (way[row][column]) {
                case BOTH -> {
                    row--;
                    column--;
                    aligned[column] = row;
                    right[row] = hypothesis.get(row).equals(reference.get(column));
                    met[column] = right[row];
                }
                case TOO_MANY -> row--;
                case MISSING -> {
                    column--;
                    // It belongs behind the last word that is there.
                    aligned[column] = row - 1;
                }
                case NONE -> throw new IllegalStateException("no way leads to " + row + ", " + column);
            }
        }
    }

    private static void fill(List<String> hypothesis, List<String> reference, int[][] cost, Way[][] way) {
        int rows = hypothesis.size();
        int columns = reference.size();
        for (int row = 1; row <= rows; row++) {
            Arrays.fill(cost[row], NEVER);
            Arrays.fill(way[row], Way.NONE);
        }
        Arrays.fill(way[0], Way.MISSING);
        for (int column = 0; column <= columns; column++) {
            cost[0][column] = column;
        }
        double ratio = rows == 0 ? 1 : (double) columns / rows;
        // Sentences that differ so much in length would leave a row without a place of the row before.
        int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
        for (int row = 1; row <= rows; row++) {
            int diagonal = (int) Math.floor(row * ratio);
            int first = Math.max(0, diagonal - beam);
            int behind = row == rows ? columns + 1 : Math.min(columns + 1, diagonal + beam);
            for (int column = first; column < behind; column++) {
                if (column == 0) {
                    cost[row][0] = cost[row - 1][0] + 1;
                    way[row][0] = Way.TOO_MANY;
                    continue;
                }
                boolean same = hypothesis.get(row - 1).equals(reference.get(column - 1));
                offer(cost, way, row, column, cost[row - 1][column - 1] + (same ? 0 : 1), Way.BOTH);
                offer(cost, way, row, column, cost[row - 1][column] + 1, Way.TOO_MANY);
                offer(cost, way, row, column, cost[row][column - 1] + 1, Way.MISSING);
            }
        }
    }

    private static void offer(int[][] cost, Way[][] way, int row, int column, int offered, Way by) {
        if (offered < cost[row][column]) {
            cost[row][column] = offered;
            way[row][column] = by;
        }
    }

    /** How many edits there are. */
    int edits() {
        return edits;
    }

    /** Whether all of these words of the hypothesis are what the reference has in their place. */
    boolean isRight(int first, int count) {
        return all(right, first, count);
    }

    /** Whether all of these words of the reference are in their place. */
    boolean isMet(int first, int count) {
        return all(met, first, count);
    }

    /** Which word of the hypothesis stands for a word of the reference, or the last one before; -1 where there is none. */
    int aligned(int place) {
        return aligned[place];
    }

    private static boolean all(boolean[] flags, int first, int count) {
        for (int place = first; place < first + count; place++) {
            if (!flags[place]) {
                return false;
            }
        }
        return true;
    }
}
