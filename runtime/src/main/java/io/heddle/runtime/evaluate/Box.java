package io.heddle.runtime.evaluate;

/**
 * A rectangle along the axes.
 *
 * @param left where it begins, in any unit
 * @param top where it begins
 * @param right where it ends, not before {@code left}
 * @param bottom where it ends, not before {@code top}
 */
public record Box(double left, double top, double right, double bottom) {
    /**
     * Checks that it ends where it begins, or behind.
     *
     * @throws IllegalArgumentException when it does not, or a number is none
     */
    public Box {
        if (!(left <= right && top <= bottom)) {
            throw new IllegalArgumentException(
                    "a box ends before it begins: " + left + ", " + top + ", " + right + ", " + bottom);
        }
    }

    /** Width times height. */
    public double area() {
        return (right - left) * (bottom - top);
    }

    /** The area of what both cover over the area of what any covers, 0 to 1; 0 where neither covers any. */
    public double intersectionOverUnion(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double both = width * height;
        return both / (area() + other.area() - both);
    }
}
