package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerFileMessages;
import io.heddle.runtime.messages.TokenizerMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One token a word: what stands between white space. Words outside the vocabulary become {@code <unk>}.
 *
 * <p>Ids: {@code <unk>} 0, {@code <pad>} 1, {@code <s>} 2, {@code </s>} 3, then the words by falling frequency, equal
 * ones by code point, as JoeyNMT 2 builds its vocabularies ({@code joeynmt/vocabulary.py}). A word of the text that is
 * spelled as a special token becomes {@code <unk>}: text cannot end or pad a sentence.
 */
public final class WordTokenizer implements Tokenizer, WordVocabulary {
    static final String KIND = "words";

    private static final int UNKNOWN = 0;
    private static final List<String> SPECIAL_TOKENS = List.of("<unk>", "<pad>", "<s>", "</s>");
    private static final SpecialIds SPECIAL_IDS =
            new SpecialIds(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(UNKNOWN));
    static final Comparator<String> BY_CODE_POINT =
            (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

    private final List<String> words;
    private final Map<String, Integer> ids = new HashMap<>();

    WordTokenizer(List<String> words) {
        this.words = List.copyOf(words);
        for (int index = 0; index < words.size(); index++) {
            ids.put(words.get(index), SPECIAL_TOKENS.size() + index);
        }
    }

    /**
     * The tokenizer whose vocabulary is the words of {@code lines}, the training data.
     *
     * @param minimumFrequency how often a word must come to be in the vocabulary, at least 1
     * @throws ProblemsException when no word is that frequent
     */
    public static WordTokenizer of(Iterable<String> lines, int minimumFrequency) {
        Map<String, Integer> frequencies = new HashMap<>();
        for (String line : lines) {
            split(line).forEach(word -> frequencies.merge(word, 1, Integer::sum));
        }
        SPECIAL_TOKENS.forEach(frequencies::remove);
        List<String> words = frequencies.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimumFrequency)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed()
                        .thenComparing(Map.Entry.comparingByKey(BY_CODE_POINT)))
                .map(Map.Entry::getKey)
                .toList();
        if (words.isEmpty()) {
            throw new ProblemsException(TokenizerMessages.noWord(minimumFrequency));
        }
        return new WordTokenizer(words);
    }

    @Override
    public int[] encode(String text, TextOrigin origin) {
        return split(text).stream().mapToInt(word -> ids.getOrDefault(word, UNKNOWN)).toArray();
    }

    @Override
    public StreamingDecoder streamingDecoder() {
        return new StreamingDecoder() {
            private boolean first = true;

            @Override
            public String next(int id) {
                if (SPECIAL_IDS.isSilent(requireKnown(id))) {
                    return "";
                }
                String word = word(id);
                String spaced = first ? word : " " + word;
                first = false;
                return spaced;
            }

            @Override
            public String finish() {
                return "";
            }
        };
    }

    @Override
    public int vocabularySize() {
        return SPECIAL_TOKENS.size() + words.size();
    }

    @Override
    public SpecialIds specialIds() {
        return SPECIAL_IDS;
    }

    @Override
    public void save(Path folder) throws IOException {
        TokenizerJson.writeStrings(folder, KIND, Map.of("words", words));
    }

    static WordTokenizer fromJson(TokenizerJson json) {
        json.requireKeys("words");
        WordTokenizer tokenizer = new WordTokenizer(json.strings("words"));
        if (tokenizer.repeats()) {
            throw new ProblemsException(TokenizerFileMessages.repeatedWords(json.file(), "words"));
        }
        return tokenizer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WordTokenizer that && words.equals(that.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    /** The words of the vocabulary, without special tokens. */
    List<String> words() {
        return words;
    }

    @Override
    public List<String> words(String text) {
        return split(text);
    }

    @Override
    public OptionalInt id(String word) {
        Integer id = ids.get(word);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether a word is there twice. */
    boolean repeats() {
        return ids.size() < words.size();
    }

    private String word(int id) {
        int special = SPECIAL_TOKENS.size();
        return id < special ? SPECIAL_TOKENS.get(id) : words.get(id - special);
    }

    // Like Python's str.split(): any Unicode white space, no-break spaces included.
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int index = 0; index <= line.length(); index++) {
            boolean space = index == line.length() || Character.isWhitespace(line.charAt(index))
                    || Character.isSpaceChar(line.charAt(index));
            if (space && start >= 0) {
                words.add(line.substring(start, index));
                start = -1;
            } else if (!space && start < 0) {
                start = index;
            }
        }
        return words;
    }
}
