package io.heddle.runtime.data;

/**
 * An object on a picture, and the box around it, in pixels from the picture's upper left corner.
 *
 * @param kind the number of its class
 * @param left where it begins
 * @param top where it begins
 * @param width above 0
 * @param height above 0
 */
record PictureObject(int kind, double left, double top, double width, double height) {
    /** The same on a picture that was stretched so many times along columns and along rows. */
    PictureObject stretched(double columns, double rows) {
        return new PictureObject(kind, left * columns, top * rows, width * columns, height * rows);
    }

    /** Whether its box and another have a pixel in common. */
    boolean overlaps(PictureObject other) {
        return left < other.left + other.width
                && other.left < left + width
                && top < other.top + other.height
                && other.top < top + height;
    }
}
