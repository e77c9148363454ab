package io.heddle.runtime.data;

import java.util.Arrays;

/** Real numbers in row-major order with their shape: pixels of pictures. */
public final class RealTensor {
    private final int[] shape;
    private final float[] values;

    private RealTensor(float[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * A tensor over {@code values}, which is not copied.
     *
     * @throws IllegalArgumentException when the shape does not hold that many values
     */
    public static RealTensor of(float[] values, int... shape) {
        int[] own = shape.clone();
        long size = Arrays.stream(own).asLongStream().reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(own) + " holds " + size + " values, and " + values.length
                            + " were given");
        }
        return new RealTensor(values, own);
    }

    /** The sizes of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** The size of one axis, counted from 0. */
    public int size(int axis) {
        return shape[axis];
    }

    /** The values, row-major; the tensor's own array, only to be read. */
    public float[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RealTensor that && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "RealTensor" + Arrays.toString(shape) + Arrays.toString(values);
    }
}
