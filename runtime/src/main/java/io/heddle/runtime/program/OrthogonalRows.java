package io.heddle.runtime.program;

import io.heddle.runtime.random.Normal;

/**
 * Rows of normal directions that are orthogonal in blocks: of a matrix {@code [rows, width]}, rows {@code 0 .. width - 1} are
 * one block, the next {@code width} another. Each is as long as a row of normal numbers of its own (arXiv 2009.14794, section
 * 2.4).
 *
 * <p>Gram and Schmidt's way turns normal rows into directions of which each alone is uniform, as it must be for an estimate
 * without bias. A taller tensor is a row of matrices.
 */
final class OrthogonalRows {
    private OrthogonalRows() {}

    /** The numbers in c order: draw i of the stream makes direction i, and draw {@code elements + i} its length. */
    static double[] draw(long[] shape, long seed, long stream) {
        int width = shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
        int height = shape.length < 2 ? 1 : Math.toIntExact(shape[shape.length - 2]);
        int elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, Math.toIntExact(size));
        }
        double[] rows = new double[elements];
        double[] lengths = new double[elements / width];
        for (int place = 0; place < elements; place++) {
            rows[place] = Normal.draw(seed, stream, place);
            double other = Normal.draw(seed, stream, (long) elements + place);
            lengths[place / width] += other * other;
        }
        for (int row = 0; row < lengths.length; row++) {
            int block = row - row % height % width;
            // Twice is enough: what rounding left over the first time is gone (Kahan and Parlett).
            straighten(rows, width, block, row);
            straighten(rows, width, block, row);
        }
        for (int place = 0; place < elements; place++) {
            rows[place] *= Math.sqrt(lengths[place / width]);
        }
        return rows;
    }

    /** Takes from a row its share of each row before it in its block, and makes it one long. */
    private static void straighten(double[] rows, int width, int block, int row) {
        for (int before = block; before < row; before++) {
            double share = product(rows, width, before, row);
            for (int column = 0; column < width; column++) {
                rows[row * width + column] -= share * rows[before * width + column];
            }
        }
        double length = Math.sqrt(product(rows, width, row, row));
        for (int column = 0; column < width; column++) {
            rows[row * width + column] /= length;
        }
    }

    private static double product(double[] rows, int width, int left, int right) {
        double sum = 0;
        for (int column = 0; column < width; column++) {
            sum += rows[left * width + column] * rows[right * width + column];
        }
        return sum;
    }
}
