package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One token a word; a word outside the vocabulary becomes what it is in small letters, as at the start of a sentence, or
 * else a token of its shape and its last letters, such as {@code <Capital:ing>}, or {@code <unk>} where there is none (after
 * Brants 2000, "TnT", section 2.3).
 *
 * <p>Ids: those of {@link WordTokenizer}, then the endings by code point. Endings are those of the training data's words
 * that are rarer than the vocabulary's, as many of their last {@value #LETTERS} letters as two of these words share.
 */
public final class EndingTokenizer implements Tokenizer, WordVocabulary {
    static final String KIND = "wordsAndEndings";

    private static final int LETTERS = 3;
    private static final int MINIMUM = 2;

    private final List<String> words;
    private final List<String> endings;
    private final WordTokenizer tokens;

    private EndingTokenizer(List<String> words, List<String> endings) {
        this.words = List.copyOf(words);
        this.endings = List.copyOf(endings);
        tokens = new WordTokenizer(Stream.concat(words.stream(), endings.stream()).toList());
    }

    /**
     * The tokenizer whose vocabulary is the words of {@code lines}, the training data, and the endings of the rarer ones.
     *
     * @param minimumFrequency how often a word must come to be in the vocabulary, at least 1
     * @throws ProblemsException when no word is that frequent
     */
    public static EndingTokenizer of(Iterable<String> lines, int minimumFrequency) {
        List<String> words = WordTokenizer.of(lines, minimumFrequency).words().stream()
                .filter(word -> !isEnding(word)).toList();
        Map<String, Boolean> known = new HashMap<>();
        words.forEach(word -> known.put(word, true));
        TreeMap<String, Integer> frequencies = new TreeMap<>(WordTokenizer.BY_CODE_POINT);
        for (String line : lines) {
            for (String word : WordTokenizer.split(line)) {
                if (!known.containsKey(word) && !known.containsKey(small(word))) {
                    endings(word).forEach(ending -> frequencies.merge(ending, 1, Integer::sum));
                }
            }
        }
        List<String> endings = frequencies.entrySet().stream()
                .filter(entry -> entry.getValue() >= MINIMUM).map(Map.Entry::getKey).toList();
        return new EndingTokenizer(words, endings);
    }

    /** A word that is spelled as an ending is treated as a rare one: text cannot say an ending itself. */
    private static boolean isEnding(String word) {
        return word.matches("<(digits|CAPITALS|Capital|letters|signs):.*>");
    }

    /** From the longest on. */
    private static List<String> endings(String word) {
        List<String> endings = new ArrayList<>();
        int[] letters = word.codePoints().toArray();
        for (int count = Math.min(LETTERS, letters.length); count >= 0; count--) {
            String ending = small(new String(letters, letters.length - count, count));
            endings.add("<" + shape(word) + ":" + ending + ">");
        }
        return endings;
    }

    private static String shape(String word) {
        if (word.codePoints().anyMatch(Character::isDigit)) {
            return "digits";
        }
        if (word.codePoints().noneMatch(Character::isLetter)) {
            return "signs";
        }
        if (word.codePoints().filter(Character::isLetter).allMatch(Character::isUpperCase)) {
            return "CAPITALS";
        }
        return Character.isUpperCase(word.codePointAt(0)) ? "Capital" : "letters";
    }

    @Override
    public int[] encode(String text, TextOrigin origin) {
        return WordTokenizer.split(text).stream().mapToInt(this::token).toArray();
    }

    private int token(String word) {
        return Stream.of(word, small(word)).map(this::id).flatMapToInt(OptionalInt::stream).findFirst()
                .orElseGet(() -> ending(word));
    }

    private static String small(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> words(String text) {
        return WordTokenizer.split(text);
    }

    /** The token of the word as it is spelled. */
    @Override
    public OptionalInt id(String word) {
        return isEnding(word) ? OptionalInt.empty() : tokens.id(word);
    }

    private int ending(String word) {
        return endings(word).stream().map(tokens::id).flatMapToInt(OptionalInt::stream).findFirst()
                .orElse(tokens.specialIds().unknown().orElseThrow());
    }

    /** The ending of a word; an ending stays one. */
    @Override
    public OptionalInt unknown(int id) {
        int word = id - (tokens.vocabularySize() - words.size() - endings.size());
        return word >= 0 && word < words.size()
                ? OptionalInt.of(ending(words.get(word)))
                : OptionalInt.of(id);
    }

    @Override
    public StreamingDecoder streamingDecoder() {
        return tokens.streamingDecoder();
    }

    @Override
    public int vocabularySize() {
        return tokens.vocabularySize();
    }

    @Override
    public SpecialIds specialIds() {
        return tokens.specialIds();
    }

    @Override
    public void save(Path folder) throws IOException {
        SequencedMap<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("words", words);
        lists.put("endings", endings);
        TokenizerJson.writeStrings(folder, KIND, lists);
    }

    static EndingTokenizer fromJson(TokenizerJson json) {
        json.requireKeys("words", "endings");
        EndingTokenizer tokenizer = new EndingTokenizer(json.strings("words"), json.strings("endings"));
        if (tokenizer.tokens.repeats()) {
            throw new ProblemsException(TokenizerFileMessages.repeatedWords(json.file(), "words"));
        }
        return tokenizer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndingTokenizer that && words.equals(that.words) && endings.equals(that.endings);
    }

    @Override
    public int hashCode() {
        return 31 * words.hashCode() + endings.hashCode();
    }
}
