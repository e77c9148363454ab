package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.messages.ShardMessages;
import io.heddle.runtime.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * What a {@code model.safetensors.index.json} says.
 *
 * @param place its name, for problems
 * @param map the file of each tensor
 */
record ShardIndex(String place, SequencedMap<String, String> map) {
    private static final String KEY = "weight_map";

    /** A file beside the index: neither a path nor hidden. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    static ShardIndex read(Path path) {
        String place = path.toString();
        JsonElement root;
        try {
            root = Json.Default.parseToJsonElement(Files.readString(path));
        } catch (SerializationException malformed) {
            throw new ProblemsException(ShardMessages.noIndex(place), malformed);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(place, cause), cause);
        }
        if (!(root instanceof JsonObject object && object.get(KEY) instanceof JsonObject entries)) {
            throw new ProblemsException(ShardMessages.noIndex(place));
        }
        SequencedMap<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : entries.entrySet()) {
            if (!(entry.getValue() instanceof JsonPrimitive file && file.isString()
                    && FILE_NAME.matcher(file.getContent()).matches())) {
                throw new ProblemsException(
                        ShardMessages.noFileName(place, entry.getKey(), entry.getValue().toString()));
            }
            map.put(entry.getKey(), file.getContent());
        }
        if (map.isEmpty()) {
            throw new ProblemsException(ShardMessages.noIndex(place));
        }
        return new ShardIndex(place, map);
    }

    List<String> shards() {
        return map.values().stream().distinct().sorted().toList();
    }

    /** What a file holds that it should not, and what it should and does not. */
    List<Problem> misfits(String shard, SafetensorsFile file) {
        List<Problem> problems = new ArrayList<>();
        map.forEach((tensor, wanted) -> {
            if (wanted.equals(shard) && !file.has(tensor)) {
                problems.add(ShardMessages.notThere(file.place(), tensor, place));
            }
        });
        for (String tensor : file.names()) {
            if (!shard.equals(map.get(tensor))) {
                problems.add(ShardMessages.notSaid(file.place(), tensor, place));
            }
        }
        return problems;
    }
}
