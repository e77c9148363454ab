package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;

/** Matches rows with columns at the least total cost, sequence by sequence. */
final class MatchKernel {
    /** What a cost counts as that is no number: a matching is found all the same, and whoever made the cost tells of it. */
    private static final double NO_NUMBER = 1e100;

    private MatchKernel() {}

    static Kernel of(BoundNode node) {
        Reals costs = new Reals(node.input(0));
        Tensor counts = node.input(1);
        Tensor out = node.output(0);
        int rows = Math.toIntExact(node.input(0).size(1));
        int columns = Math.toIntExact(node.input(0).size(2));
        return () -> {
            IndexChecks.lengths(node.path(), counts, columns);
            for (long batch = 0; batch < out.size(0); batch++) {
                int count = counts.index(batch);
                // There must be no more on the one side than on the other: the fewer look for the more.
                boolean turned = rows > count;
                double[][] table = new double[turned ? count : rows][turned ? rows : count];
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < count; column++) {
                        double cost = finite(costs.get((batch * rows + row) * columns + column));
                        table[turned ? column : row][turned ? row : column] = cost;
                    }
                }
                int[] matched = assign(table, turned ? rows : count);
                int[] result = new int[rows];
                Arrays.fill(result, -1);
                for (int one = 0; one < matched.length; one++) {
                    result[turned ? matched[one] : one] = turned ? one : matched[one];
                }
                RawMemory.write(result, out.address() + batch * rows * Integer.BYTES);
            }
        };
    }

    private static double finite(double cost) {
        return Double.isNaN(cost) ? NO_NUMBER : Math.clamp(cost, -NO_NUMBER, NO_NUMBER);
    }

    /**
     * Which column each row is matched with: Kuhn's method with a price for every row and column, so that each row finds its way
     * by the cheapest path, in time rows * rows * columns (Jonker and Volgenant 1987).
     */
    private static int[] assign(double[][] costs, int columns) {
        double[] rowPrices = new double[costs.length];
        double[] columnPrices = new double[columns];
        int[] owners = new int[columns];
        Arrays.fill(owners, -1);
        for (int row = 0; row < costs.length; row++) {
            double[] shortest = new double[columns];
            Arrays.fill(shortest, Double.POSITIVE_INFINITY);
            int[] from = new int[columns];
            boolean[] settled = new boolean[columns];
            int last = -1;
            int looking = row;
            while (looking >= 0) {
                int nearest = -1;
                for (int column = 0; column < columns; column++) {
                    if (!settled[column]) {
                        double way = costs[looking][column] - rowPrices[looking] - columnPrices[column];
                        if (way < shortest[column]) {
                            shortest[column] = way;
                            from[column] = last;
                        }
                        if (nearest < 0 || shortest[column] < shortest[nearest]) {
                            nearest = column;
                        }
                    }
                }
                double step = shortest[nearest];
                rowPrices[row] += step;
                for (int column = 0; column < columns; column++) {
                    if (settled[column]) {
                        rowPrices[owners[column]] += step;
                        columnPrices[column] -= step;
                    } else {
                        shortest[column] -= step;
                    }
                }
                settled[nearest] = true;
                last = nearest;
                looking = owners[nearest];
            }
            while (last >= 0) {
                int before = from[last];
                owners[last] = before < 0 ? row : owners[before];
                last = before;
            }
        }
        int[] matched = new int[costs.length];
        for (int column = 0; column < columns; column++) {
            if (owners[column] >= 0) {
                matched[owners[column]] = column;
            }
        }
        return matched;
    }
}
