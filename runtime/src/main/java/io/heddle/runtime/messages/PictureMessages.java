package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of pictures with classes. */
public final class PictureMessages {
    private PictureMessages() {}

    /**
     * There is no file at the path.
     *
     * @param expected what it should hold: {@code pictures}
     */
    public static Problem missing(Path path, String expected) {
        return new Problem(
                path.toString(),
                "there is no such file",
                "It was looked for at " + path.toAbsolutePath().normalize() + ".\n"
                        + "Put one there with " + expected + " in the IDX format, compressed by gzip or not.\n"
                        + "docs/howto/TASKS.md says where the files of the samples are found.");
    }

    /**
     * The file does not begin as IDX files of bytes do.
     *
     * @param begins its first bytes, in hexadecimal digits
     */
    public static Problem otherFormat(String file, String begins) {
        return new Problem(
                file,
                "the file is not in the IDX format of pictures or labels",
                List.of(new Fact("begins with", begins.isEmpty() ? "nothing" : begins)),
                "Pictures begin with 00 00 08 03, or 00 00 08 04 where they have channels, and labels with 00 00 08 01.\n"
                        + "Check that this is the file you mean.");
    }

    /** What is compressed ends too soon, or is spoiled. */
    public static Problem brokenGzip(String file) {
        return new Problem(
                file, "the compressed file is broken or cut off",
                "Fetch it again, or unpack it with gunzip to see more.");
    }

    /** The axes say that it has more values than an array holds. */
    public static Problem tooLarge(String file, String axes) {
        return new Problem(
                file,
                "the file says that it has more values than fit into an array",
                List.of(new Fact("axes", axes)),
                "Check that this is the file you mean, or make it smaller.");
    }

    /** It has more or fewer values than its axes say. */
    public static Problem otherLength(String file, String axes, long said, long there) {
        return new Problem(
                file,
                there < said ? "the file is cut off" : "the file goes on behind its last value",
                List.of(
                        new Fact("axes", axes),
                        new Fact("values that they say", Counts.of(said)),
                        new Fact("values", there < said ? Counts.of(there) : "more")),
                "Fetch it again, or check that this is the file you mean.");
    }

    /** A file of labels where pictures are read, or the other way round. */
    public static Problem otherAxes(String file, int axes, String expected) {
        return new Problem(
                file,
                "the file has another number of axes than " + expected,
                List.of(new Fact("axes", String.valueOf(axes))),
                "Pictures have 3 axes, or 4 with channels, and labels have 1. Say idx(images, labels), in this order.");
    }

    /** There are more or fewer labels than pictures. */
    public static Problem otherCount(String images, int pictures, String labels, int count) {
        return new Problem(
                labels,
                "there is not one label for each picture",
                List.of(new Fact("labels", Counts.of(count)), new Fact("pictures of " + images, Counts.of(pictures))),
                "Say the two files that belong together.");
    }

    /**
     * A label is the number of no class.
     *
     * @param number which label it is, from 0
     */
    public static Problem unknown(String file, int number, int label, List<String> classes) {
        return new Problem(
                file,
                "label " + number + ", counted from 0, is the number of no class",
                List.of(
                        new Fact("label", String.valueOf(label)),
                        new Fact("classes", String.join("  ", classes))),
                "Name the classes of all numbers from 0 on in the recipe, or check that this is the file you mean.");
    }

    /** The file has no picture. */
    public static Problem nothing(String file) {
        return new Problem(file, "there is no picture in it", "Check that this is the file you mean.");
    }

    /** All pictures are held out, or more. */
    public static Problem nothingLeft(String file, int last, int pictures) {
        return new Problem(
                file,
                "no picture is left to learn from",
                List.of(new Fact("held out", "the last " + Counts.of(last)), new Fact("pictures", Counts.of(pictures))),
                "Hold out fewer.");
    }

    /** Only one of two files was given. */
    public static Problem noLabels(Path run) {
        return new Problem(
                run.toString(),
                "it looks at pictures, whose labels stand in a file of their own",
                "Say both: --data IMAGES --labels LABELS.");
    }

    /** The pictures are not of the size that the model looks at. */
    public static Problem otherSize(String file, String size, String input, String wanted) {
        return new Problem(
                file,
                "the pictures are of another size than the model looks at",
                List.of(
                        new Fact("rows x columns x channels", size),
                        new Fact("those of " + input, wanted)),
                "Say the size of the pictures in image(channels, size, rows), or take other pictures.");
    }
}
