package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.data.tokenizer.WordVocabulary;
import io.heddle.runtime.messages.PairMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The words of one source, as a model numbers them that may copy them: by what it writes, or, where the vocabulary
 * lacks a word, behind the vocabulary by the first position that holds it (arXiv 1704.04368, section 2.2: the extended
 * vocabulary; numbered as the source position markers of fairseq's {@code examples/pointer_generator} are).
 *
 * <p>Where tokens are no words, what is read and what is written have one vocabulary, and nothing is behind it.
 */
public final class SourceWords {
    private final Tokenizer written;
    private final int vocabulary;
    private final List<String> words;
    private final int[] numbers;
    private final Map<String, Integer> lacked = new HashMap<>();

    private SourceWords(Tokenizer written, int vocabulary, List<String> words, int[] numbers) {
        this.written = written;
        this.vocabulary = vocabulary;
        this.words = List.copyOf(words);
        this.numbers = numbers;
    }

    /**
     * The words of a source.
     *
     * @param ids as which it is read: one for each word, and what stands behind them
     * @param vocabulary how many words the model scores
     * @throws ProblemsException when tokens are copied that mean another thing where they are written
     */
    public static SourceWords of(String source, int[] ids, Tokenizers tokenizers, int vocabulary) {
        requireCopies(tokenizers);
        if (!(tokenizers.read() instanceof WordVocabulary read
                && tokenizers.written() instanceof WordVocabulary known)) {
            return new SourceWords(tokenizers.written(), vocabulary, List.of(), ids.clone());
        }
        int[] numbers = new int[ids.length];
        Arrays.fill(numbers, tokenizers.written().specialIds().end().orElseThrow());
        SourceWords words = new SourceWords(tokenizers.written(), vocabulary, read.words(source), numbers);
        for (int place = 0; place < words.words.size(); place++) {
            String word = words.words.get(place);
            OptionalInt id = known.id(word);
            numbers[place] = id.isPresent() ? id.getAsInt() : words.behind(word, place);
        }
        return words;
    }

    /**
     * Returns when what is read can be written.
     *
     * @throws ProblemsException when a token of the source is another thing among those that are written
     */
    static void requireCopies(Tokenizers tokenizers) {
        boolean words = tokenizers.read() instanceof WordVocabulary && tokenizers.written() instanceof WordVocabulary;
        if (!words && !tokenizers.read().equals(tokenizers.written())) {
            throw new ProblemsException(PairMessages.copiesOtherTokens());
        }
    }

    private int behind(String word, int place) {
        lacked.putIfAbsent(word, vocabulary + place);
        return lacked.get(word);
    }

    /** The number of each position's word. */
    public int[] numbers() {
        return numbers.clone();
    }

    /** What is to be said where a target is written: its own tokens, but copies of words that the vocabulary lacks. */
    public int[] labels(String target, int[] ids) {
        int[] labels = ids.clone();
        if (written instanceof WordVocabulary known) {
            List<String> said = known.words(target);
            for (int place = 0; place < said.size(); place++) {
                String word = said.get(place);
                if (known.id(word).isEmpty() && lacked.containsKey(word)) {
                    labels[place] = lacked.get(word);
                }
            }
        }
        return labels;
    }

    /** Whether a number behind the vocabulary is a word's. */
    public boolean has(int number) {
        int place = number - vocabulary;
        return place >= 0 && place < numbers.length && numbers[place] == number;
    }

    /** The token that a decoder reads where {@code number} was written: what the vocabulary has for the word. */
    public int read(int number) {
        return number < vocabulary ? number : written.encode(words.get(number - vocabulary))[0];
    }

    /** What a reader sees of {@code number} alone. */
    public String piece(int number) {
        return number < vocabulary ? written.piece(number) : words.get(number - vocabulary);
    }

    /** The source itself, as a reader sees it. */
    public String text() {
        return words.isEmpty() ? written.decode(numbers) : String.join(" ", words);
    }

    /** The text of what was written. */
    public String decode(int[] ids) {
        if (lacked.isEmpty()) {
            return written.decode(ids);
        }
        List<String> said = new ArrayList<>();
        for (int id : ids) {
            String word = id < vocabulary ? written.decode(new int[] {id}) : words.get(id - vocabulary);
            if (!word.isEmpty()) {
                said.add(word);
            }
        }
        return String.join(" ", said);
    }
}
