package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * What Heddle needs of a {@code tokenizer.json} that its library does not tell: how many ids there are, and which are
 * special.
 */
record HuggingFaceVocabulary(int size, SpecialIds specialIds) {
    static HuggingFaceVocabulary of(TokenizerJson json, Optional<TokenizerJson> config) {
        if (!(json.root().get("model") instanceof JsonObject model)) {
            throw new ProblemsException(TokenizerFileMessages.noModel(json.file(), "model"));
        }
        Map<String, Integer> all = new HashMap<>();
        switch (model.get("vocab")) {
            case JsonObject entries -> entries.forEach((token, id) -> put(all, token, id));
            case JsonArray entries -> putUnigrams(all, entries);
            case null, default -> throw new ProblemsException(
                    TokenizerFileMessages.noVocabulary(json.file(), "model.vocab"));
        }
        Map<String, Integer> special = new HashMap<>();
        if (json.root().get("added_tokens") instanceof JsonArray added) {
            for (JsonElement element : added) {
                if (element instanceof JsonObject entry && entry.get("content") instanceof JsonPrimitive content) {
                    put(all, content.getContent(), entry.get("id"));
                    put(special, content.getContent(), entry.get("id"));
                }
            }
        }
        int size = all.values().stream().mapToInt(id -> id + 1).max().orElse(0);
        OptionalInt unknown = find(config, "unk_token", all, SpecialNames.UNKNOWN, special);
        return new HuggingFaceVocabulary(size, new SpecialIds(
                find(config, "pad_token", all, SpecialNames.PADDING, special),
                find(config, "bos_token", all, SpecialNames.BEGIN, special),
                find(config, "eos_token", all, SpecialNames.END, special),
                unknown.isPresent() ? unknown : modelsUnknown(model, all)));
    }

    private static OptionalInt find(Optional<TokenizerJson> config, String key, Map<String, Integer> all,
            List<String> usualNames, Map<String, Integer> special) {
        Optional<String> named = config.flatMap(json -> content(json.root().get(key)));
        if (named.isPresent()) {
            return id(all, named.get());
        }
        // A vocabulary whose maker added no special tokens may have them among its words all the same.
        return Stream.of(special, all)
                .flatMap(tokens -> usualNames.stream().filter(tokens::containsKey).map(tokens::get))
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static OptionalInt modelsUnknown(JsonObject model, Map<String, Integer> all) {
        Optional<String> token = content(model.get("unk_token"));
        if (token.isPresent()) {
            return id(all, token.get());
        }
        Integer id = model.get("unk_id") instanceof JsonPrimitive value ? JsonElementKt.getIntOrNull(value) : null;
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    // A token is written as its text, or as an object with its text and how it is matched.
    private static Optional<String> content(JsonElement element) {
        JsonElement value = element instanceof JsonObject object ? object.get("content") : element;
        return value instanceof JsonPrimitive text && text.isString()
                ? Optional.of(text.getContent())
                : Optional.empty();
    }

    private static OptionalInt id(Map<String, Integer> ids, String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private static void put(Map<String, Integer> ids, String token, JsonElement id) {
        Integer number = id instanceof JsonPrimitive value ? JsonElementKt.getIntOrNull(value) : null;
        if (number != null) {
            ids.put(token, number);
        }
    }

    private static void putUnigrams(Map<String, Integer> ids, JsonArray entries) {
        for (int id = 0; id < entries.size(); id++) {
            if (entries.get(id) instanceof JsonArray pair && !pair.isEmpty()
                    && pair.get(0) instanceof JsonPrimitive token) {
                ids.put(token.getContent(), id);
            }
        }
    }
}
