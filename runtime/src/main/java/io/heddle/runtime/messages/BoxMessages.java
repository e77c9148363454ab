package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is told of pictures with boxes. */
public final class BoxMessages {
    private BoxMessages() {}

    /**
     * The file is no JSON, or lacks a list.
     *
     * @param list which one: {@code images}
     */
    public static Problem noCoco(String file, String list) {
        return new Problem(
                file,
                "the file has no annotations as COCO writes them",
                List.of(new Fact("it lacks", "a list \"" + list + "\"")),
                "They are a JSON object with the lists images, annotations and categories.\n"
                        + "Check that this is the file you mean, and whole. docs/howto/BOXES.md shows one.");
    }

    /**
     * A value is missing, or is of another kind.
     *
     * @param place the file and the entry: {@code boxes.json: annotations[3]}
     */
    public static Problem otherValue(String place, String key, String expected) {
        return new Problem(
                place, "\"" + key + "\" is missing, or something else than " + expected,
                "Say it as docs/howto/BOXES.md shows.");
    }

    /** Whether an annotation is of a crowd is said in other words. */
    public static Problem otherCrowd(String place, String said) {
        return new Problem(
                place,
                "\"iscrowd\" is neither 0 nor 1",
                List.of(new Fact("iscrowd", said)),
                "Say 1 for a box around a crowd, which is left out, and 0 or nothing for an object.");
    }

    /** Two entries of a list have the same number. */
    public static Problem twice(String place, long id) {
        return new Problem(
                place,
                "an entry before it has the same id",
                List.of(new Fact("id", String.valueOf(id))),
                "Give each a number of its own.");
    }

    /**
     * An annotation is of something that is not there.
     *
     * @param key what says so: {@code image_id}
     * @param list where it should be: {@code images}
     */
    public static Problem unknown(String place, String key, long id, String list) {
        return new Problem(
                place,
                "there is no such entry among the " + list,
                List.of(new Fact(key, String.valueOf(id))),
                "Add it to the " + list + ", or remove the annotation.");
    }

    /** An object is of a category that the recipe does not name. */
    public static Problem otherClass(String place, String category, List<String> classes) {
        return new Problem(
                place,
                "\"" + category + "\" is none of the classes",
                List.of(new Fact("classes", String.join("  ", classes))),
                "Add it to the classes of the recipe, or remove its annotations.");
    }

    /** A box has no area on its picture, or reaches over the edge by more than a pixel. */
    public static Problem outside(String place, double[] box, int rows, int columns) {
        String numbers = Arrays.stream(box).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        return new Problem(
                place,
                "the box is empty, or not on its picture",
                List.of(
                        new Fact("left, top, width, height", numbers),
                        new Fact("width x height of the picture", columns + " x " + rows)),
                "Width and height are above 0, and all of it is on the picture. Mend it, or remove the annotation.");
    }

    /** No picture is named. */
    public static Problem nothing(String file) {
        return new Problem(file, "there is no picture in it", "Check that this is the file you mean.");
    }

    /** The model looks at pictures that no file holds. */
    public static Problem otherChannels(String file, int channels) {
        return new Problem(
                file,
                "its pictures have 1 channel or 3, and the model looks at others",
                List.of(new Fact("channels", String.valueOf(channels))),
                "Say image(channels = 3, size = 64) in the model, or channels = 1 for shades of grey.");
    }

    /** The annotations name a picture that is not in the folder. */
    public static Problem noPicture(Path path) {
        return new Problem(
                path.toString(),
                "there is no such picture",
                "It was looked for at " + path.toAbsolutePath().normalize() + ".\n"
                        + "Put it there, or name the folder that the names of the annotations are relative to.");
    }

    /** The file is of no format that is read. */
    public static Problem unknownFormat(Path path) {
        return new Problem(
                path.toString(), "the file is no picture that can be read",
                "PNG and JPEG can. Check that this is the file you mean, or convert it.");
    }

    /** A picture has not the size that the annotations say. */
    public static Problem otherSize(Path path, int rows, int columns, int saidRows, int saidColumns) {
        return new Problem(
                path.toString(),
                "the picture is of another size than its annotations say",
                List.of(
                        new Fact("width x height", columns + " x " + rows),
                        new Fact("those of the annotations", saidColumns + " x " + saidRows)),
                "Its boxes would be elsewhere. Say the picture that was annotated.");
    }

    /** Only one of two was given. */
    public static Problem noAnnotations(Path run) {
        return new Problem(
                run.toString(),
                "it looks for boxes on pictures, whose annotations stand in a file of their own",
                "Say both: --data FOLDER --labels ANNOTATIONS.");
    }
}
