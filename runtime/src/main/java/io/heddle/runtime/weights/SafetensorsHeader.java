package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.WeightsMessages;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * The header of a safetensors file, read strictly.
 *
 * <pre>
 *   {"__metadata__": {"format": "pt"},
 *    "weight": {"dtype": "F32", "shape": [768, 768], "data_offsets": [0, 2359296]}, ...}
 * </pre>
 *
 * <p>Source: the format's description in huggingface/safetensors, README, "Format".
 *
 * @param entries the tensors in the order in which their bytes lie in the file
 * @param metadata the words under {@code __metadata__}, in their order; empty when there are none
 */
record SafetensorsHeader(List<TensorEntry> entries, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";

    /** A header needs three: the object, an entry, a shape. */
    private static final int DEEPEST = 8;

    /** More would only hide the cause: a header with one wrong tensor of many usually has all of them wrong. */
    private static final int MOST_PROBLEMS = 5;

    /**
     * Reads and checks a header.
     *
     * @param place the file's name, for problems
     * @param json the bytes of the header, without its length
     * @param dataBytes how many bytes follow the header in the file
     * @throws ProblemsException naming everything that is wrong with it
     */
    static SafetensorsHeader parse(String place, ByteBuffer json, long dataBytes) {
        return parse(place, json, OptionalLong.of(dataBytes));
    }

    /** The same of a header whose file is elsewhere: as many bytes follow it as its tensors have. */
    static SafetensorsHeader parse(String place, ByteBuffer json) {
        return parse(place, json, OptionalLong.empty());
    }

    private static SafetensorsHeader parse(String place, ByteBuffer json, OptionalLong dataBytes) {
        JsonObject root = jsonObject(place, json);
        List<Problem> problems = new ArrayList<>();
        List<TensorEntry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        root.forEach((name, element) -> {
            if (name.equals(METADATA)) {
                readMetadata(place, element, metadata, problems);
            } else {
                TensorEntryParser.parse(place, name, element, problems).ifPresent(entries::add);
            }
        });
        if (problems.isEmpty()) {
            entries.sort(TensorLayout.FILE_ORDER);
            TensorLayout.check(place, entries, dataBytes.orElse(TensorLayout.bytes(entries)), problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(shortened(place, problems));
        }
        return new SafetensorsHeader(List.copyOf(entries), Collections.unmodifiableMap(metadata));
    }

    private static JsonObject jsonObject(String place, ByteBuffer json) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
        } catch (CharacterCodingException malformed) {
            throw new ProblemsException(
                    WeightsMessages.headerNotUtf8(place, malformed.getMessage()),
                    malformed);
        }
        // The format forbids space before the object, so that its first bytes tell what the file is.
        if (!text.startsWith("{")) {
            throw new ProblemsException(WeightsMessages.headerBeginsOtherwise(place));
        }
        if (JsonDepth.of(text) > DEEPEST) {
            throw new ProblemsException(WeightsMessages.headerTooDeep(place, DEEPEST));
        }
        JsonElement element;
        try {
            element = Json.Default.parseToJsonElement(text);
        } catch (SerializationException malformed) {
            String cause = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
            throw new ProblemsException(WeightsMessages.headerNotJson(place, cause), malformed);
        }
        JsonObject object = (JsonObject) element; // What begins with { and can be read is one.
        Optional<String> repeated = DuplicateKeys.first(text);
        if (repeated.isPresent()) {
            throw new ProblemsException(WeightsMessages.nameTwice(place, repeated.get()));
        }
        return object;
    }

    private static void readMetadata(
            String place, JsonElement element, Map<String, String> metadata, List<Problem> problems) {
        boolean allWords = element instanceof JsonObject object
                && object.values().stream()
                        .allMatch(value -> value instanceof JsonPrimitive primitive && primitive.isString());
        if (!allWords) {
            problems.add(WeightsMessages.otherThanWords(place, METADATA));
            return;
        }
        ((JsonObject) element).forEach((key, value) -> metadata.put(key, ((JsonPrimitive) value).getContent()));
    }

    private static List<Problem> shortened(String place, List<Problem> problems) {
        if (problems.size() <= MOST_PROBLEMS) {
            return problems;
        }
        List<Problem> shown = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        shown.add(WeightsMessages.more(place, problems.size() - MOST_PROBLEMS));
        return shown;
    }
}
