package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.runtime.messages.TensorMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** Reads what a header says about one tensor: {@code {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}. */
final class TensorEntryParser {
    private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");

    private TensorEntryParser() {}

    /** The entry; empty, with a problem added, when something is wrong with it. */
    static Optional<TensorEntry> parse(String place, String name, JsonElement element, List<Problem> problems) {
        if (!(element instanceof JsonObject object) || !object.keySet().equals(KEYS)) {
            problems.add(TensorMessages.otherKeys(place, name));
            return Optional.empty();
        }
        String typeName = object.get("dtype") instanceof JsonPrimitive primitive && primitive.isString()
                ? primitive.getContent()
                : String.valueOf(object.get("dtype"));
        Optional<ElementType> type = ElementType.named(typeName);
        if (type.isEmpty()) {
            problems.add(TensorMessages.unknownType(place, name, typeName, ElementType.names()));
            return Optional.empty();
        }
        Optional<List<Long>> shape = wholeNumbers(object.get("shape"));
        Optional<List<Long>> offsets = wholeNumbers(object.get("data_offsets"));
        if (shape.isEmpty() || offsets.isEmpty() || offsets.get().size() != 2) {
            problems.add(TensorMessages.notWhole(
                    place, name, String.valueOf(object.get("shape")), String.valueOf(object.get("data_offsets"))));
            return Optional.empty();
        }
        TensorEntry entry = new TensorEntry(
                name, type.get(), shape.get(), offsets.get().get(0), offsets.get().get(1));
        return hasFittingSize(entry) ? Optional.of(entry) : refuseSize(place, entry, problems);
    }

    private static Optional<TensorEntry> refuseSize(
            String place, TensorEntry entry, List<Problem> problems) {
        problems.add(TensorMessages.otherSize(
                place,
                entry.name(),
                TensorEntry.shapeText(entry.shape()),
                entry.type().toString(),
                entry.type().bytes(),
                entry.begin(),
                entry.end()));
        return Optional.empty();
    }

    private static boolean hasFittingSize(TensorEntry entry) {
        long bytes = entry.type().bytes();
        try {
            for (long size : entry.shape()) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException tooLarge) {
            return false;
        }
        return entry.begin() <= entry.end() && entry.end() - entry.begin() == bytes;
    }

    /** The numbers of an array; empty unless all are whole, not negative and written plainly, as in {@code 12}. */
    private static Optional<List<Long>> wholeNumbers(JsonElement element) {
        if (!(element instanceof JsonArray array)) {
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonElement item : array) {
            if (!(item instanceof JsonPrimitive primitive)
                    || primitive.isString()
                    || !primitive.getContent().matches("0|[1-9][0-9]{0,17}")) {
                return Optional.empty();
            }
            numbers.add(Long.valueOf(primitive.getContent()));
        }
        return Optional.of(numbers);
    }
}
