package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;

/**
 * The tokenizer of llama2.c: pieces with scores, merged best first, bytes where there is no piece.
 *
 * <p>A text gets a space before it; its characters become their pieces, a character without one the tokens
 * {@code <0xNN>} of its UTF-8 bytes; then the neighbours whose joined piece has the best score are merged, the leftmost
 * among equals, until none can be. Begin is 1 and stands before a prompt, end is 2. Decoding drops the space of the first
 * token, or of the one after begin. Source: {@code encode} and {@code decode} in karpathy/llama2.c {@code run.c}; unlike
 * there, bytes that are control characters are decoded too.
 */
public final class Llama2cTokenizer implements Tokenizer {
    static final String KIND = "llama2c";

    private static final SpecialIds SPECIAL_IDS =
            new SpecialIds(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(0));

    private final ScoredPieces pieces;

    private Llama2cTokenizer(ScoredPieces pieces) {
        this.pieces = pieces;
    }

    /**
     * Reads a list of pieces: {@code [{"id": 0, "piece": "...", "score": 0.0}, ...]} in the order of their ids. A piece
     * is bytes, each written as the character of the same number (Latin-1).
     *
     * @throws ProblemsException when the file is no such list, or lacks the byte tokens
     */
    public static Llama2cTokenizer readVocabulary(Path path) {
        TextFile file = TextFile.read(path);
        if (TokenizerJson.parseElement(file) instanceof JsonArray array) {
            return new Llama2cTokenizer(ScoredPieces.fromJson(file.name() + " $", array));
        }
        throw new ProblemsException(TokenizerFileMessages.noPieces(file.name()));
    }

    static Llama2cTokenizer fromJson(TokenizerJson json) {
        json.requireKeys("pieces");
        return new Llama2cTokenizer(ScoredPieces.fromJson(json.file() + " $.pieces", json.array("pieces")));
    }

    @Override
    public int[] encode(String text, TextOrigin origin) {
        return text.isEmpty() ? new int[0] : PieceMerger.merge(pieces, characters(" " + text));
    }

    @Override
    public int[] prompt(String text, TextOrigin origin) {
        int[] ids = encode(text, origin);
        int[] prompt = new int[ids.length + 1];
        prompt[0] = SPECIAL_IDS.begin().orElseThrow();
        System.arraycopy(ids, 0, prompt, 1, ids.length);
        return prompt;
    }

    private int[] characters(String text) {
        List<Integer> ids = new ArrayList<>(text.length());
        text.codePoints().forEach(codePoint -> {
            byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            OptionalInt id = pieces.id(new String(bytes, StandardCharsets.ISO_8859_1));
            if (id.isPresent()) {
                ids.add(id.getAsInt());
            } else {
                for (byte single : bytes) {
                    ids.add(ScoredPieces.FIRST_BYTE + (single & 0xFF));
                }
            }
        });
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public StreamingDecoder streamingDecoder() {
        return new StreamingDecoder() {
            private final Utf8Stream text = new Utf8Stream();
            private boolean atStart = true;

            @Override
            public String next(int id) {
                if (SPECIAL_IDS.isSilent(requireKnown(id))) {
                    atStart = atStart || id == SPECIAL_IDS.begin().orElseThrow();
                    return "";
                }
                byte[] bytes = pieces.bytes(id);
                boolean dropsSpace = atStart && bytes.length > 0 && bytes[0] == ' ';
                atStart = false;
                return text.accept(dropsSpace ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
            }

            @Override
            public String finish() {
                return text.finish();
            }
        };
    }

    @Override
    public int vocabularySize() {
        return pieces.size();
    }

    @Override
    public SpecialIds specialIds() {
        return SPECIAL_IDS;
    }

    @Override
    public void save(Path folder) throws IOException {
        JsonElement list = pieces.toJson();
        TokenizerJson.write(folder, KIND, Map.of("pieces", list));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Llama2cTokenizer that && pieces.equals(that.pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }
}
