package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.BoxMessages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonObject;

/** Annotations of pictures as COCO writes them; see {@link io.heddle.recipe.BoxedSource.Coco}. */
final class CocoFile {
    /** By how much a box may reach over the edge, in pixels, for it was rounded: it is cut off there. */
    private static final double ROUNDING = 1;

    /**
     * A picture that is named.
     *
     * @param file its name in the folder
     * @param size in rows and columns, with one channel
     * @param objects what is on it
     */
    record Named(String file, PictureSize size, List<PictureObject> objects) {}

    private final String name;
    private final List<String> classes;
    private final ProblemList problems = new ProblemList();
    private final Map<Long, Named> pictures = new LinkedHashMap<>();
    private final Map<Long, String> categories = new LinkedHashMap<>();
    private int crowds = 0;

    private CocoFile(String name, List<String> classes) {
        this.name = name;
        this.classes = classes;
    }

    /**
     * Reads a file.
     *
     * @param classes what the kinds of objects are called, in the order of their numbers
     * @throws ProblemsException with everything that is wrong
     */
    static CocoFile read(Path path, List<String> classes) {
        TextFile text = TextFile.read(path);
        CocoFile coco = new CocoFile(text.name(), classes);
        JsonObject root = root(text);
        for (CocoEntry entry : CocoEntry.list(text.name(), root, "images")) {
            coco.collect(() -> coco.picture(entry));
        }
        for (CocoEntry entry : CocoEntry.list(text.name(), root, "categories")) {
            coco.collect(() -> coco.once(coco.categories, entry, entry.text("name")));
        }
        for (CocoEntry entry : CocoEntry.list(text.name(), root, "annotations")) {
            coco.collect(() -> coco.object(entry));
        }
        if (coco.problems.isEmpty() && coco.pictures.isEmpty()) {
            coco.problems.add(BoxMessages.nothing(text.name()));
        }
        coco.problems.throwIfAny();
        return coco;
    }

    private static JsonObject root(TextFile text) {
        try {
            if (Json.Default.parseToJsonElement(text.text()) instanceof JsonObject root) {
                return root;
            }
            throw new ProblemsException(BoxMessages.noCoco(text.name(), "images"));
        } catch (SerializationException malformed) {
            throw new ProblemsException(BoxMessages.noCoco(text.name(), "images"), malformed);
        }
    }

    private void collect(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemsException wrong) {
            problems.addAll(wrong);
        }
    }

    private void picture(CocoEntry entry) {
        PictureSize size = new PictureSize(entry.pixels("height"), entry.pixels("width"), 1);
        once(pictures, entry, new Named(entry.text("file_name"), size, new ArrayList<>()));
    }

    private <T> void once(Map<Long, T> all, CocoEntry entry, T value) {
        if (all.put(entry.number("id"), value) != null) {
            throw new ProblemsException(BoxMessages.twice(entry.place(), entry.number("id")));
        }
    }

    private void object(CocoEntry entry) {
        if (entry.isCrowd()) {
            crowds++;
            return;
        }
        Named picture = pictures.get(entry.number("image_id"));
        if (picture == null) {
            throw new ProblemsException(
                    BoxMessages.unknown(entry.place(), "image_id", entry.number("image_id"), "images"));
        }
        String category = categories.get(entry.number("category_id"));
        if (category == null) {
            throw new ProblemsException(
                    BoxMessages.unknown(entry.place(), "category_id", entry.number("category_id"), "categories"));
        }
        if (!classes.contains(category)) {
            throw new ProblemsException(BoxMessages.otherClass(entry.place(), category, classes));
        }
        picture.objects().add(inside(entry, picture.size(), classes.indexOf(category)));
    }

    /** What of its box is on the picture. */
    private static PictureObject inside(CocoEntry entry, PictureSize size, int kind) {
        double[] box = entry.box("bbox");
        double left = Math.max(0, box[0]);
        double top = Math.max(0, box[1]);
        double right = Math.min(size.columns(), box[0] + box[2]);
        double bottom = Math.min(size.rows(), box[1] + box[3]);
        double over = Math.max(
                Math.max(left - box[0], top - box[1]), Math.max(box[0] + box[2] - right, box[1] + box[3] - bottom));
        if (over > ROUNDING || right <= left || bottom <= top) {
            throw new ProblemsException(BoxMessages.outside(entry.place(), box, size.rows(), size.columns()));
        }
        return new PictureObject(kind, left, top, right - left, bottom - top);
    }

    /** What it is called in problems. */
    String name() {
        return name;
    }

    /** The pictures that it names, in its order. */
    List<Named> pictures() {
        return List.copyOf(pictures.values());
    }

    /** How many boxes around many objects were left out. */
    int crowds() {
        return crowds;
    }
}
