package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;

/**
 * Sines and cosines of the rows and columns of a picture: the first half of the width is the row's, the second the column's.
 *
 * <p>Row {@code i} of {@code n} counts as {@code 2 pi (i + 1) / (n + 1e-6)}; of a half of width {@code w}, numbers
 * {@code 2 p} and {@code 2 p + 1} are sine and cosine of that over {@code 10000^(2 p / w)}. Source: DETR's
 * PositionEmbeddingSine, normalized.
 */
final class GridKernel {
    private static final double BASE = 10_000;
    private static final double EPSILON = 1e-6;

    private GridKernel() {}

    static Kernel of(Op.GridWaves op, BoundNode node) {
        Reals out = new Reals(node.output(0));
        int rows = node.size(op.getRows());
        int columns = node.size(op.getColumns());
        int width = node.size(op.getWidth());
        int half = width / 2;
        double[] waves = new double[rows * columns * width];
        for (int place = 0; place < rows * columns; place++) {
            write(waves, place * width, half, place / columns, rows);
            write(waves, place * width + half, width - half, place % columns, columns);
        }
        return () -> out.write(waves);
    }

    private static void write(double[] waves, int first, int width, int place, int count) {
        double turned = 2 * Math.PI * (place + 1) / (count + EPSILON);
        for (int at = 0; at < width; at++) {
            int pair = at / 2;
            double angle = turned / Math.pow(BASE, 2.0 * pair / width);
            waves[first + at] = at % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        }
    }
}
