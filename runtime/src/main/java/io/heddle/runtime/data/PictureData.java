package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.recipe.PixelScaling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures with a class each, as numbers that a model looks at. All are equally large. */
public final class PictureData implements Examples {
    private static final int BYTES = 256;

    private final Pictures pictures;
    private final int patches;
    private final float[] scaled;

    /**
     * These pictures, their bytes scaled.
     *
     * @param patches how many of them a model cuts a picture into
     */
    public PictureData(Pictures pictures, PixelScaling scaling, int patches) {
        this.pictures = pictures;
        this.patches = patches;
        scaled = table(scaling);
    }

    /** What each byte is to the model. */
    static float[] table(PixelScaling scaling) {
        float[] scaled = new float[BYTES];
        for (int value = 0; value < BYTES; value++) {
            scaled[value] = (float) scaled(scaling, value);
        }
        return scaled;
    }

    private static double scaled(PixelScaling scaling, int value) {
        double share = value / 255.0;
        return switch (scaling) {
            case PixelScaling.ZeroToOne _ -> share;
            case PixelScaling.Standardized said -> (share - said.getMean()) / said.getDeviation();
        };
    }

    /** What a byte that is 0 is to the model. */
    public float background() {
        return scaled[0];
    }

    @Override
    public int size() {
        return pictures.count();
    }

    @Override
    public int length(int index) {
        return patches;
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator.comparingInt(this::length);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        throw new IllegalStateException("Pictures come in batches of so many, not of so many tokens.");
    }

    /** What tells these pictures to learn from, and those held out, from others; see {@link DataMark}. */
    public DataMark mark(PictureData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (PictureData part : List.of(this, heldOut)) {
            mark.add(part.pictures.pixels());
            mark.add(part.pictures.labels());
        }
        return mark.mark(sizes);
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        PictureSize size = pictures.size();
        int each = size.numbers();
        float[] pixels = new float[Math.multiplyExact(rows.length, each)];
        for (int row = 0; row < rows.length; row++) {
            int from = rows[row] * each;
            for (int place = 0; place < each; place++) {
                pixels[row * each + place] = scaled[pictures.pixels()[from + place] & 0xFF];
            }
        }
        int[] labels = IntStream.of(rows).map(row -> pictures.labels()[row]).toArray();
        Map<String, RealTensor> reals = new LinkedHashMap<>();
        reals.put(Batch.PIXELS,
                RealTensor.of(pixels, rows.length, size.rows(), size.columns(), size.channels()));
        int[] lengths = new int[rows.length];
        Arrays.fill(lengths, patches);
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, rows.length));
        tensors.put(Batch.LABELS, IntTensor.of(labels, rows.length));
        return new Batch(tensors, reals, rows.length);
    }
}
