package io.heddle.runtime.data;

import java.util.stream.IntStream;

/**
 * Makes pictures larger or smaller, along columns first and then along rows.
 *
 * <pre>
 *   y(i) = sum over j of w(j) x(j) / sum over j of w(j)
 *   w(j) = max(0, 1 - |j + 0.5 - (i + 0.5) s| / max(s, 1)),   s = old size / new size
 * </pre>
 *
 * <p>So a larger picture is interpolated, and all pixels of one that becomes smaller count. Source: Pillow's {@code BILINEAR},
 * {@code src/libImaging/Resample.c}, which rounds after each of the two; here is rounded once.
 */
final class Stretching {
    private Stretching() {}

    /** The picture {@code [rows, columns, channels]} of 0 to 255, in another size and of as many channels. */
    static byte[] stretch(double[] picture, PictureSize from, PictureSize to) {
        int channels = from.channels();
        double[] wide = along(picture, from.rows(), from.columns(), to.columns(), channels);
        double[] all = along(wide, 1, from.rows(), to.rows(), to.columns() * channels);
        byte[] bytes = new byte[all.length];
        for (int place = 0; place < bytes.length; place++) {
            bytes[place] = (byte) Math.round(all[place]);
        }
        return bytes;
    }

    /** {@code [before, old, after]} to {@code [before, size, after]}. */
    private static double[] along(double[] values, int before, int old, int size, int after) {
        if (old == size) {
            return values;
        }
        double scale = (double) old / size;
        double reach = Math.max(scale, 1);
        double[] result = new double[Math.multiplyExact(Math.multiplyExact(before, size), after)];
        for (int place = 0; place < size; place++) {
            double center = (place + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(center - reach));
            double[] weights = IntStream.range(first, Math.min(old, (int) Math.ceil(center + reach)))
                    .mapToDouble(at -> Math.max(0, 1 - Math.abs(at + 0.5 - center) / reach))
                    .toArray();
            double sum = IntStream.range(0, weights.length).mapToDouble(at -> weights[at]).sum();
            for (int row = 0; row < before; row++) {
                int target = (row * size + place) * after;
                for (int at = 0; at < weights.length; at++) {
                    int source = (row * old + first + at) * after;
                    for (int number = 0; number < after; number++) {
                        result[target + number] += weights[at] / sum * values[source + number];
                    }
                }
            }
        }
        return result;
    }
}
