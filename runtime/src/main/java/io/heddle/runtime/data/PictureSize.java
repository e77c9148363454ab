package io.heddle.runtime.data;

/** How large a picture is, in pixels and in colors of each. */
public record PictureSize(int rows, int columns, int channels) {
    /** How many numbers it has. */
    public int numbers() {
        return Math.multiplyExact(Math.multiplyExact(rows, columns), channels);
    }

    /** As messages write it: {@code 28 x 28 x 1}. */
    String told() {
        return rows + " x " + columns + " x " + channels;
    }
}
