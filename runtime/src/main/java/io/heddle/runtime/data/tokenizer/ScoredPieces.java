package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** The pieces of a {@link Llama2cTokenizer} with their scores; a piece is bytes, held as Latin-1 characters. */
final class ScoredPieces {
    /** The id of {@code <0x00>}; the other 255 bytes follow it. */
    static final int FIRST_BYTE = 3;

    private static final int BYTES = 256;

    private final List<String> pieces;
    private final List<Float> scores;
    private final Map<String, Integer> ids = new HashMap<>();

    private ScoredPieces(List<String> pieces, List<Float> scores) {
        this.pieces = List.copyOf(pieces);
        this.scores = List.copyOf(scores);
        for (int id = 0; id < pieces.size(); id++) {
            ids.putIfAbsent(pieces.get(id), id);
        }
    }

    static ScoredPieces fromJson(String place, JsonArray array) {
        List<String> pieces = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (int id = 0; id < array.size(); id++) {
            if (!(array.get(id) instanceof JsonObject entry
                    && entry.get("piece") instanceof JsonPrimitive piece && piece.isString()
                    && isLatin1(piece.getContent())
                    && entry.get("score") instanceof JsonPrimitive score && isNumber(score))) {
                throw new ProblemsException(TokenizerFileMessages.noPiece(place, id));
            }
            pieces.add(piece.getContent());
            scores.add(Float.parseFloat(score.getContent()));
        }
        for (int single = 0; single < BYTES; single++) {
            int id = FIRST_BYTE + single;
            if (id >= pieces.size() || !pieces.get(id).equals(byteName(single))) {
                throw new ProblemsException(TokenizerFileMessages.noByte(place, id, byteName(single)));
            }
        }
        ScoredPieces vocabulary = new ScoredPieces(pieces, scores);
        if (vocabulary.id(" ").isEmpty()) {
            throw new ProblemsException(TokenizerFileMessages.noSpace(place));
        }
        return vocabulary;
    }

    JsonElement toJson() {
        List<JsonElement> entries = new ArrayList<>();
        for (int id = 0; id < pieces.size(); id++) {
            Map<String, JsonElement> entry = new LinkedHashMap<>();
            entry.put("piece", JsonElementKt.JsonPrimitive(pieces.get(id)));
            entry.put("score", JsonElementKt.JsonPrimitive(scores.get(id)));
            entries.add(new JsonObject(entry));
        }
        return new JsonArray(entries);
    }

    int size() {
        return pieces.size();
    }

    OptionalInt id(String piece) {
        Integer id = ids.get(piece);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The id of the piece that {@code left} and {@code right} make together. */
    OptionalInt merged(int left, int right) {
        return id(pieces.get(left) + pieces.get(right));
    }

    float score(int id) {
        return scores.get(id);
    }

    /** What {@code id} prints: its piece, or for {@code <0xNN>} that one byte. */
    byte[] bytes(int id) {
        boolean isByte = id >= FIRST_BYTE && id < FIRST_BYTE + BYTES;
        return isByte ? new byte[] {(byte) (id - FIRST_BYTE)} : pieces.get(id).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String byteName(int single) {
        return String.format("<0x%02X>", single);
    }

    private static boolean isLatin1(String text) {
        return text.chars().allMatch(character -> character < BYTES);
    }

    private static boolean isNumber(JsonPrimitive value) {
        return !value.isString() && JsonElementKt.getFloatOrNull(value) != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoredPieces that && pieces.equals(that.pieces) && scores.equals(that.scores);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pieces, scores);
    }
}
