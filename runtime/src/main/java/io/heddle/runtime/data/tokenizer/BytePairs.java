package io.heddle.runtime.data.tokenizer;

import io.heddle.runtime.data.text.TextFile;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;

/**
 * Byte pair encoding that was learned from a text, as a tokenizer of Hugging Face's library.
 *
 * <p>A text is normalized (NFC), cut at the ends of its lines and before each blank, which is written {@value #BLANK}
 * and stands at the beginning of its word, as SentencePiece has it (arXiv 1808.06226, section 3.2). A text whose
 * first word has none before it is given one.
 *
 * @param symbols each token's text by its id, special tokens first
 * @param merges what is joined, in the order in which it is joined
 */
record BytePairs(List<String> symbols, List<Merge> merges) {
    private static final String BLANK = "\u2581";
    private static final List<String> SPECIAL_TOKENS = List.of("<unk>", "<pad>", "<s>", "</s>");

    /** Two neighbours that become one symbol. */
    record Merge(String left, String right) {
        String joined() {
            return left + right;
        }
    }

    /**
     * The tokenizer that is learned from {@code texts}.
     *
     * @param vocabulary how many tokens there may be, the special ones among them
     */
    static HuggingFaceTokenizer learn(Iterable<String> texts, int vocabulary) {
        Map<String, Integer> frequencies = new HashMap<>();
        for (String text : texts) {
            words(text).forEach(word -> frequencies.merge(word, 1, Integer::sum));
        }
        BytePairs learned = BytePairLearner.learn(frequencies, SPECIAL_TOKENS, vocabulary);
        return HuggingFaceTokenizer.of(
                new TextFile(Tokenizer.FILE_NAME, learned.file() + "\n"),
                Optional.of(new TextFile(HuggingFaceTokenizer.CONFIG_NAME, config() + "\n")));
    }

    /** Cuts a text as the library does that reads {@link #file}. */
    static List<String> words(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        List<String> words = new ArrayList<>();
        for (String line : normal.splitWithDelimiters("\n", -1)) {
            if (line.isEmpty()) continue;
            String marked = line.replace(" ", BLANK);
            boolean begins = words.isEmpty() && !marked.startsWith(BLANK);
            for (String word : (begins ? BLANK + marked : marked).split("(?=" + BLANK + ")", -1)) {
                words.add(word);
            }
        }
        return words;
    }

    private JsonObject file() {
        Map<String, JsonElement> file = new LinkedHashMap<>();
        file.put("version", string("1.0"));
        file.put("truncation", JsonNull.INSTANCE);
        file.put("padding", JsonNull.INSTANCE);
        // Special tokens that are spelled in a text are text: it cannot end or pad a sentence.
        file.put("added_tokens", new JsonArray(List.of()));
        file.put("normalizer", object(Map.of("type", string("NFC"))));
        file.put("pre_tokenizer", preTokenizer());
        file.put("post_processor", JsonNull.INSTANCE);
        file.put("decoder", metaspace());
        file.put("model", model());
        return new JsonObject(file);
    }

    private static JsonObject preTokenizer() {
        Map<String, JsonElement> lines = new LinkedHashMap<>();
        lines.put("type", string("Split"));
        lines.put("pattern", object(Map.of("String", string("\n"))));
        lines.put("behavior", string("Isolated"));
        lines.put("invert", JsonElementKt.JsonPrimitive(Boolean.FALSE));
        Map<String, JsonElement> both = new LinkedHashMap<>();
        both.put("type", string("Sequence"));
        both.put("pretokenizers", new JsonArray(List.of(new JsonObject(lines), metaspace())));
        return new JsonObject(both);
    }

    private static JsonObject metaspace() {
        Map<String, JsonElement> blanks = new LinkedHashMap<>();
        blanks.put("type", string("Metaspace"));
        blanks.put("replacement", string(BLANK));
        blanks.put("prepend_scheme", string("first"));
        blanks.put("split", JsonElementKt.JsonPrimitive(Boolean.TRUE));
        return new JsonObject(blanks);
    }

    private JsonObject model() {
        Map<String, JsonElement> ids = new LinkedHashMap<>();
        symbols.forEach(symbol -> ids.put(symbol, JsonElementKt.JsonPrimitive(ids.size())));
        List<JsonElement> joined = new ArrayList<>();
        merges.forEach(merge -> joined.add(new JsonArray(List.of(string(merge.left()), string(merge.right())))));
        Map<String, JsonElement> model = new LinkedHashMap<>();
        model.put("type", string("BPE"));
        model.put("dropout", JsonNull.INSTANCE);
        model.put("unk_token", string(SPECIAL_TOKENS.getFirst()));
        model.put("continuing_subword_prefix", JsonNull.INSTANCE);
        model.put("end_of_word_suffix", JsonNull.INSTANCE);
        model.put("fuse_unk", JsonElementKt.JsonPrimitive(Boolean.FALSE));
        model.put("byte_fallback", JsonElementKt.JsonPrimitive(Boolean.FALSE));
        model.put("vocab", new JsonObject(ids));
        model.put("merges", new JsonArray(joined));
        return new JsonObject(model);
    }

    private static JsonObject config() {
        Map<String, JsonElement> config = new LinkedHashMap<>();
        List<String> roles = List.of("unk_token", "pad_token", "bos_token", "eos_token");
        for (int index = 0; index < roles.size(); index++) {
            config.put(roles.get(index), string(SPECIAL_TOKENS.get(index)));
        }
        return new JsonObject(config);
    }

    private static JsonObject object(Map<String, JsonElement> entries) {
        return new JsonObject(entries);
    }

    private static JsonElement string(String text) {
        return JsonElementKt.JsonPrimitive(text);
    }
}
