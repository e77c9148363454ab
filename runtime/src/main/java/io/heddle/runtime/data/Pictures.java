package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.PictureFiles;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.messages.PictureMessages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pictures with a class each, as files have them. */
public final class Pictures {
    private static final int WITH_CHANNELS = 4;

    private final String name;
    private final PictureSize size;
    private final byte[] pixels;
    private final int[] labels;

    private Pictures(String name, PictureSize size, byte[] pixels, int[] labels) {
        this.name = name;
        this.size = size;
        this.pixels = pixels;
        this.labels = labels;
    }

    /**
     * Reads two files in the IDX format.
     *
     * @param base what their paths are relative to
     * @param classes what classes are called, in the order of their numbers
     * @throws ProblemsException with everything that is wrong: files that are missing, of another format, or that do not
     *     belong together, labels that are no class, or no picture at all
     */
    public static Pictures read(Path base, PictureFiles files, List<String> classes) {
        ProblemList problems = new ProblemList();
        Optional<IdxFile> images = file(base.resolve(files.getImages()), "pictures", problems);
        Optional<IdxFile> labels = file(base.resolve(files.getLabels()), "their labels", problems);
        problems.throwIfAny();
        return together(images.orElseThrow(), labels.orElseThrow(), classes);
    }

    /** Empty where there is a problem, which is noted: the other file is looked at all the same. */
    private static Optional<IdxFile> file(Path path, String expected, ProblemList problems) {
        try {
            return Optional.of(IdxFile.read(path, expected));
        } catch (ProblemsException wrong) {
            problems.addAll(wrong);
            return Optional.empty();
        }
    }

    private static Pictures together(IdxFile images, IdxFile labels, List<String> classes) {
        ProblemList problems = new ProblemList();
        if (images.axes() < WITH_CHANNELS - 1) {
            problems.add(PictureMessages.otherAxes(images.name(), images.axes(), "pictures"));
        }
        if (labels.axes() != 1) {
            problems.add(PictureMessages.otherAxes(labels.name(), labels.axes(), "labels"));
        }
        problems.throwIfAny();
        if (images.values().length == 0) {
            problems.add(PictureMessages.nothing(images.name()));
        }
        if (images.size(0) != labels.size(0)) {
            problems.add(PictureMessages.otherCount(images.name(), images.size(0), labels.name(), labels.size(0)));
        }
        int[] numbers = new int[labels.size(0)];
        for (int number = 0; number < numbers.length; number++) {
            numbers[number] = labels.values()[number] & 0xFF;
            if (numbers[number] >= classes.size()) {
                problems.add(PictureMessages.unknown(labels.name(), number, numbers[number], classes));
            }
        }
        problems.throwIfAny();
        int channels = images.axes() == WITH_CHANNELS ? images.size(WITH_CHANNELS - 1) : 1;
        PictureSize size = new PictureSize(images.size(1), images.size(2), channels);
        return new Pictures(images.name(), size, images.values(), numbers);
    }

    /** How many there are. */
    public int count() {
        return labels.length;
    }

    /** How large each of them is. */
    PictureSize size() {
        return size;
    }

    /** Unsigned bytes, {@code [pictures, rows, columns, channels]}; its own array, only to be read. */
    byte[] pixels() {
        return pixels;
    }

    /** The number of each picture's class; its own array, only to be read. */
    int[] labels() {
        return labels;
    }

    /**
     * Returns when they are of this size.
     *
     * @param input the model's, for the problem
     * @throws ProblemsException when they are not
     */
    public void requireSize(PictureSize wanted, String input) {
        if (!size.equals(wanted)) {
            throw new ProblemsException(
                    PictureMessages.otherSize(name, size.told(), input, wanted.told()));
        }
    }

    /**
     * All but the last {@code count}.
     *
     * @throws ProblemsException when there are no others
     */
    public Pictures withoutLast(int count) {
        if (count >= count()) {
            throw new ProblemsException(PictureMessages.nothingLeft(name, count, count()));
        }
        return part(0, count() - count);
    }

    /** The last {@code count}, of at least as many. */
    public Pictures last(int count) {
        return part(count() - count, count());
    }

    private Pictures part(int from, int to) {
        int each = size.numbers();
        return new Pictures(
                name, size, Arrays.copyOfRange(pixels, from * each, to * each), Arrays.copyOfRange(labels, from, to));
    }
}
