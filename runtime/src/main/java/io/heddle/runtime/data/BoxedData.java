package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.BoxedSource;
import io.heddle.recipe.Data;
import io.heddle.recipe.DrawnShape;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.messages.BoxMessages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures with boxes around their objects, as numbers that a model looks at. All are equally large. */
public final class BoxedData implements Examples {
    private static final int SIDES = 4;

    private final List<BoxedPicture> pictures;
    private final PictureSize size;
    private final int patches;
    private final float[] scaled;
    private final int crowds;

    private BoxedData(List<BoxedPicture> pictures, Data.BoxedPictures said, PictureSize size, int patches, int crowds) {
        this.pictures = List.copyOf(pictures);
        this.size = size;
        this.patches = patches;
        this.crowds = crowds;
        scaled = PictureData.table(said.getScaling());
    }

    /**
     * Reads pictures, or draws them.
     *
     * @param base what paths are relative to
     * @param source where they come from
     * @param part which set of drawn ones they are: sets of different names are drawn independently
     * @param size how large they become
     * @param patches how many of them a model cuts a picture into
     * @throws ProblemsException with everything that is wrong with the files
     */
    public static BoxedData open(
            Data.BoxedPictures said, Path base, BoxedSource source, String part, PictureSize size, int patches) {
        return switch (source) {
            case BoxedSource.Shapes shapes -> {
                List<DrawnShape> kinds = said.getClasses().stream().map(BoxedData::shape).toList();
                List<BoxedPicture> drawn = IntStream.range(0, shapes.getPictures())
                        .mapToObj(number -> DrawnPicture.draw(shapes, part, number, kinds, size))
                        .toList();
                yield new BoxedData(drawn, said, size, patches, 0);
            }
            case BoxedSource.Coco files -> {
                CocoFile coco = CocoFile.read(base.resolve(files.getAnnotations()), said.getClasses());
                List<BoxedPicture> read = read(coco, base.resolve(files.getFolder()), size);
                yield new BoxedData(read, said, size, patches, coco.crowds());
            }
        };
    }

    private static DrawnShape shape(String word) {
        return Arrays.stream(DrawnShape.values())
                .filter(shape -> shape.getWord().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No shape is called " + word + "."));
    }

    private static List<BoxedPicture> read(CocoFile coco, Path folder, PictureSize size) {
        if (size.channels() != 1 && size.channels() != 3) {
            throw new ProblemsException(BoxMessages.otherChannels(coco.name(), size.channels()));
        }
        List<BoxedPicture> pictures = new ArrayList<>();
        ProblemList problems = new ProblemList();
        for (CocoFile.Named named : coco.pictures()) {
            try {
                byte[] pixels = PictureFile.read(folder.resolve(named.file()), named.size(), size);
                double columns = (double) size.columns() / named.size().columns();
                double rows = (double) size.rows() / named.size().rows();
                pictures.add(new BoxedPicture(
                        pixels,
                        named.objects().stream().map(object -> object.stretched(columns, rows)).toList()));
            } catch (ProblemsException wrong) {
                problems.addAll(wrong);
            }
        }
        problems.throwIfAny();
        return pictures;
    }

    @Override
    public int size() {
        return pictures.size();
    }

    /** How many objects there are on all of them. */
    public long objects() {
        return pictures.stream().mapToLong(picture -> picture.objects().size()).sum();
    }

    /** How many boxes around many objects were left out. */
    public int crowds() {
        return crowds;
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
    public DataMark mark(BoxedData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (BoxedData part : List.of(this, heldOut)) {
            for (BoxedPicture picture : part.pictures) {
                mark.add(picture.pixels());
                mark.add(picture.objects().stream().mapToInt(PictureObject::kind).toArray());
                float[] boxes = new float[picture.objects().size() * SIDES];
                part.write(picture, boxes, 0);
                int[] bits = new int[boxes.length];
                Arrays.setAll(bits, place -> Float.floatToIntBits(boxes[place]));
                mark.add(bits);
            }
        }
        return mark.mark(sizes);
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        int most = Math.max(1, IntStream.of(rows).map(row -> pictures.get(row).objects().size()).max().orElse(0));
        float[] pixels = new float[Math.multiplyExact(rows.length, size.numbers())];
        float[] boxes = new float[rows.length * most * SIDES];
        int[] kinds = new int[rows.length * most];
        int[] counts = new int[rows.length];
        int[] lengths = new int[rows.length];
        Arrays.fill(lengths, patches);
        for (int row = 0; row < rows.length; row++) {
            BoxedPicture picture = pictures.get(rows[row]);
            for (int place = 0; place < size.numbers(); place++) {
                pixels[row * size.numbers() + place] = scaled[picture.pixels()[place] & 0xFF];
            }
            counts[row] = picture.objects().size();
            for (int object = 0; object < counts[row]; object++) {
                kinds[row * most + object] = picture.objects().get(object).kind();
            }
            write(picture, boxes, row * most * SIDES);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, rows.length));
        tensors.put(Batch.OBJECTS, IntTensor.of(kinds, rows.length, most));
        tensors.put(Batch.COUNTS, IntTensor.of(counts, rows.length));
        Map<String, RealTensor> reals = new LinkedHashMap<>();
        reals.put(Batch.PIXELS, RealTensor.of(pixels, rows.length, size.rows(), size.columns(), size.channels()));
        reals.put(Batch.BOXES, RealTensor.of(boxes, rows.length, most, SIDES));
        return new Batch(tensors, reals, 1);
    }

    /** The boxes of a picture from {@code first} on: center, width and height as shares of the picture. */
    private void write(BoxedPicture picture, float[] target, int first) {
        int place = first;
        for (PictureObject object : picture.objects()) {
            target[place++] = (float) ((object.left() + object.width() / 2) / size.columns());
            target[place++] = (float) ((object.top() + object.height() / 2) / size.rows());
            target[place++] = (float) (object.width() / size.columns());
            target[place++] = (float) (object.height() / size.rows());
        }
    }
}
