package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * A tokenizer's JSON file: strict reading with JSON paths in its problems, and writing.
 *
 * <p>Heddle's own files are {@code {"format": "heddle-tokenizer/1", "kind": ..., ...}}.
 */
record TokenizerJson(String file, JsonObject root) {
    static final String FORMAT = "heddle-tokenizer/1";

    static TokenizerJson parse(TextFile file) {
        JsonElement element = parseElement(file);
        if (element instanceof JsonObject root) {
            return new TokenizerJson(file.name(), root);
        }
        throw new ProblemsException(TokenizerFileMessages.noObject(file.name()));
    }

    static JsonElement parseElement(TextFile file) {
        try {
            return Json.Default.parseToJsonElement(file.text());
        } catch (SerializationException cause) {
            throw new ProblemsException(TokenizerFileMessages.noJson(file.name()), cause);
        }
    }

    /** Writes lists of strings, by their keys. */
    static void writeStrings(Path folder, String kind, Map<String, List<String>> lists) throws IOException {
        Map<String, JsonElement> arrays = new LinkedHashMap<>();
        lists.forEach((key, values) -> {
            List<JsonElement> elements = new ArrayList<>();
            values.forEach(value -> elements.add(JsonElementKt.JsonPrimitive(value)));
            arrays.put(key, new JsonArray(elements));
        });
        write(folder, kind, arrays);
    }

    static void write(Path folder, String kind, Map<String, JsonElement> values) throws IOException {
        Map<String, JsonElement> entries = new LinkedHashMap<>();
        entries.put("format", JsonElementKt.JsonPrimitive(FORMAT));
        entries.put("kind", JsonElementKt.JsonPrimitive(kind));
        entries.putAll(values);
        Files.writeString(folder.resolve(Tokenizer.FILE_NAME), new JsonObject(entries) + "\n");
    }

    boolean isHeddles() {
        return root.containsKey("format");
    }

    /** Refuses every key but format, kind and {@code keys}. */
    void requireKeys(String... keys) {
        List<String> known = new ArrayList<>(List.of("format", "kind"));
        known.addAll(List.of(keys));
        TreeSet<String> unknown = new TreeSet<>(root.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ProblemsException(unknown.stream()
                    .map(name -> TokenizerFileMessages.unknownKey(file, name, known))
                    .toList());
        }
    }

    String string(String key) {
        if (root.get(key) instanceof JsonPrimitive value && value.isString()) {
            return value.getContent();
        }
        throw new ProblemsException(TokenizerFileMessages.noString(file, key));
    }

    JsonArray array(String key) {
        if (root.get(key) instanceof JsonArray array) {
            return array;
        }
        throw new ProblemsException(TokenizerFileMessages.noList(file, key));
    }

    List<String> strings(String key) {
        List<String> values = new ArrayList<>();
        JsonArray array = array(key);
        for (int index = 0; index < array.size(); index++) {
            if (array.get(index) instanceof JsonPrimitive value && value.isString()) {
                values.add(value.getContent());
            } else {
                throw new ProblemsException(TokenizerFileMessages.noString(file, key + "[" + index + "]"));
            }
        }
        return values;
    }
}
