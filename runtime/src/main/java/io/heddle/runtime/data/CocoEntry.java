package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.BoxMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * An object of one of the lists in COCO's annotations.
 *
 * @param place where it stands, for problems: {@code boxes.json: annotations[3]}
 */
record CocoEntry(String place, JsonObject object) {
    /** The objects of the list with this name. */
    static List<CocoEntry> list(String file, JsonObject root, String name) {
        if (!(root.get(name) instanceof JsonArray entries)) {
            throw new ProblemsException(BoxMessages.noCoco(file, name));
        }
        List<CocoEntry> list = new ArrayList<>();
        for (JsonElement entry : entries) {
            if (!(entry instanceof JsonObject one)) {
                throw new ProblemsException(BoxMessages.noCoco(file, name));
            }
            list.add(new CocoEntry(file + ": " + name + "[" + list.size() + "]", one));
        }
        return list;
    }

    /** A whole number. */
    long number(String key) {
        return primitive(key)
                .map(JsonElementKt::getLongOrNull)
                .orElseThrow(() -> new ProblemsException(BoxMessages.otherValue(place, key, "a whole number")));
    }

    /** A whole number, above 0, of pixels. */
    int pixels(String key) {
        long number = number(key);
        if (number < 1 || number > Short.MAX_VALUE) {
            throw new ProblemsException(BoxMessages.otherValue(place, key, "1 to " + Short.MAX_VALUE + " pixels"));
        }
        return (int) number;
    }

    /** A text. */
    String text(String key) {
        if (object.get(key) instanceof JsonPrimitive value && value.isString()) {
            return value.getContent();
        }
        throw new ProblemsException(BoxMessages.otherValue(place, key, "a text"));
    }

    /** Four numbers. */
    double[] box(String key) {
        if (object.get(key) instanceof JsonArray values) {
            double[] box = values.stream().mapToDouble(CocoEntry::real).toArray();
            if (box.length == 4 && Double.isFinite(box[0] + box[1] + box[2] + box[3])) {
                return box;
            }
        }
        throw new ProblemsException(BoxMessages.otherValue(place, key, "[left, top, width, height] in pixels"));
    }

    /** Whether it is around many objects; one is, where nothing is said. */
    boolean isCrowd() {
        JsonElement said = object.get("iscrowd");
        if (said == null) {
            return false;
        }
        return switch (said.toString()) {
            case "0" -> false;
            case "1" -> true;
            default -> throw new ProblemsException(BoxMessages.otherCrowd(place, said.toString()));
        };
    }

    private Optional<JsonPrimitive> primitive(String key) {
        return object.get(key) instanceof JsonPrimitive value && !value.isString()
                ? Optional.of(value)
                : Optional.empty();
    }

    private static double real(JsonElement element) {
        Double value = element instanceof JsonPrimitive primitive && !primitive.isString()
                ? JsonElementKt.getDoubleOrNull(primitive)
                : null;
        return value == null ? Double.NaN : value;
    }
}
