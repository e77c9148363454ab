package io.heddle.runtime.sound;

import java.util.Arrays;

/**
 * How far two spectrograms are from each other, however fast each is spoken (Sakoe and Chiba 1978, "Dynamic programming
 * algorithm optimization for spoken word recognition", section II, the symmetric form without a window).
 *
 * <p>{@code g(i, j) = min(g(i - 1, j) + d, g(i - 1, j - 1) + 2 d, g(i, j - 1) + d)}, where {@code d} is the Euclidean
 * distance of frame {@code i} of the one and frame {@code j} of the other; what comes out is {@code g(I, J) / (I + J)}.
 */
public final class TimeWarping {
    private TimeWarping() {}

    /**
     * The distance of two spectrograms.
     *
     * @throws IllegalArgumentException when they have other bands, or one has no frame
     */
    public static double distance(Spectrogram one, Spectrogram other) {
        if (one.bands() != other.bands() || one.frames() == 0 || other.frames() == 0) {
            throw new IllegalArgumentException(
                    one.frames() + " frames of " + one.bands() + " and " + other.frames() + " of " + other.bands()
                            + " are not compared.");
        }
        double[] above = new double[other.frames() + 1];
        Arrays.fill(above, Double.POSITIVE_INFINITY);
        above[0] = 0;
        for (int row = 0; row < one.frames(); row++) {
            double[] here = new double[above.length];
            here[0] = Double.POSITIVE_INFINITY;
            for (int column = 0; column < other.frames(); column++) {
                double apart = apart(one, row, other, column);
                double straight = Math.min(above[column + 1], here[column]) + apart;
                here[column + 1] = Math.min(straight, above[column] + 2 * apart);
            }
            above = here;
        }
        return above[other.frames()] / (one.frames() + other.frames());
    }

    private static double apart(Spectrogram one, int row, Spectrogram other, int column) {
        double squares = 0;
        for (int band = 0; band < one.bands(); band++) {
            double gap = one.values()[row * one.bands() + band] - other.values()[column * one.bands() + band];
            squares += gap * gap;
        }
        return Math.sqrt(squares);
    }
}
