package io.heddle.runtime.data;

import io.heddle.recipe.BoxedSource;
import io.heddle.recipe.DrawnShape;
import io.heddle.runtime.random.Normal;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture with shapes on it; see {@link BoxedSource.Shapes} for what is drawn. It depends on (seed, part, number), the shapes
 * and the size alone, and is the same on every machine.
 */
final class DrawnPicture {
    private static final int PLACES = 10;

    /** How many numbers are kept for a shape: its kind, side and grey value, and two for each place that is tried. */
    private static final int EACH = 3 + 2 * PLACES;

    private static final double BRIGHT = 0.6;
    private static final double SPREAD = 0.4;

    private final BoxedSource.Shapes said;
    private final PictureSize size;
    private final long stream;
    private final double[] canvas;
    private final List<PictureObject> objects = new ArrayList<>();

    private DrawnPicture(BoxedSource.Shapes said, PictureSize size, long stream) {
        this.said = said;
        this.size = size;
        this.stream = stream;
        canvas = new double[size.rows() * size.columns()];
    }

    /**
     * Draws the picture of a number.
     *
     * @param part which set it is of: sets of different names are drawn independently
     * @param shapes those that may be on it; the class of an object is its number among them
     */
    static BoxedPicture draw(
            BoxedSource.Shapes said, String part, int number, List<DrawnShape> shapes, PictureSize size) {
        String name = "shapes/" + part + "/" + number;
        DrawnPicture picture = new DrawnPicture(said, size, Streams.stream(name));
        picture.drawShapes(shapes);
        return new BoxedPicture(picture.pixels(Streams.stream(name + "/noise")), picture.objects);
    }

    private void drawShapes(List<DrawnShape> shapes) {
        Arrays.fill(canvas, SPREAD * Philox.uniformDouble(said.getSeed(), stream, 0));
        int count = 1 + below(said.getMost(), 1);
        for (int shape = 0; shape < count; shape++) {
            long first = 2 + (long) shape * EACH;
            int kind = below(shapes.size(), first);
            int shorter = Math.min(size.rows(), size.columns());
            int least = Math.max(1, shorter / 5);
            int side = least + below(Math.max(least, shorter / 2) - least + 1, first + 1);
            double grey = BRIGHT + SPREAD * Philox.uniformDouble(said.getSeed(), stream, first + 2);
            for (int place = 0; place < PLACES; place++) {
                PictureObject object = new PictureObject(
                        kind,
                        below(size.columns() - side + 1, first + 3 + 2L * place),
                        below(size.rows() - side + 1, first + 4 + 2L * place),
                        side,
                        side);
                if (objects.stream().noneMatch(object::overlaps)) {
                    objects.add(object);
                    fill(shapes.get(kind), object, grey);
                    break;
                }
            }
        }
    }

    private int below(int bound, long index) {
        return Philox.below(bound, said.getSeed(), stream, index);
    }

    private void fill(DrawnShape shape, PictureObject object, double grey) {
        int side = (int) object.width();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                if (covers(shape, side, row + 0.5, column + 0.5)) {
                    canvas[((int) object.top() + row) * size.columns() + (int) object.left() + column] = grey;
                }
            }
        }
    }

    /** Whether a shape covers a point of its box, {@code down} and {@code right} of the upper left corner. */
    private static boolean covers(DrawnShape shape, int side, double down, double right) {
        double half = side / 2.0;
        return switch (shape) {
            case Square -> true;
            case Disc -> Math.pow(down - half, 2) + Math.pow(right - half, 2) < half * half;
            case Triangle -> Math.abs(right - half) < down / 2;
            case Cross -> Math.min(Math.abs(down - half), Math.abs(right - half)) < side / 6.0;
        };
    }

    private byte[] pixels(long noise) {
        float[] added = new float[size.numbers()];
        if (said.getNoise() > 0) {
            Normal.fill(said.getSeed(), noise, added, 0, said.getNoise());
        }
        byte[] pixels = new byte[added.length];
        for (int place = 0; place < pixels.length; place++) {
            double value = canvas[place / size.channels()] + added[place];
            pixels[place] = (byte) Math.round(255 * Math.clamp(value, 0.0, 1.0));
        }
        return pixels;
    }
}
