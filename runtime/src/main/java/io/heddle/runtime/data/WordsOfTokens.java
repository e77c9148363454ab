package io.heddle.runtime.data;

import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.WordVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which word of a text each of its tokens is of, words being what stands between blanks. */
final class WordsOfTokens {
    private final Tokenizer tokenizer;

    /** The tokens of each word that was met, with the blanks before it. */
    private final Map<String, int[]> known = new HashMap<>();

    WordsOfTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The number of the word of each token of a text; -1 for one that is of none, such as an end token. */
    int[] of(String text, int[] ids) {
        int[] words = new int[ids.length];
        Arrays.fill(words, -1);
        if (tokenizer instanceof WordVocabulary vocabulary) {
            int count = Math.min(ids.length, vocabulary.words(text).size());
            Arrays.setAll(words, token -> token < count ? token : -1);
            return words;
        }
        int from = 0;
        int word = 0;
        for (int end : tokenEnds(text, ids)) {
            Arrays.fill(words, from, end, word++);
            from = end;
        }
        return words;
    }

    /**
     * One past the last token of each word. Words are encoded one by one where that gives the text's own tokens; a tokenizer may look at
     * what stands before a word, and then each is encoded with all of that.
     */
    private List<Integer> tokenEnds(String text, int[] ids) {
        int[] textEnds = textEnds(text);
        List<Integer> ends = new ArrayList<>();
        int begin = 0;
        int from = 0;
        for (int textEnd : textEnds) {
            int[] tokens = known.computeIfAbsent(text.substring(begin, textEnd), tokenizer::encode);
            int to = from + tokens.length;
            if (to > ids.length || !Arrays.equals(ids, from, to, tokens, 0, tokens.length)) {
                return tokenEndsTogether(text, textEnds, ids.length);
            }
            ends.add(to);
            begin = textEnd;
            from = to;
        }
        return ends;
    }

    private List<Integer> tokenEndsTogether(String text, int[] textEnds, int tokens) {
        List<Integer> ends = new ArrayList<>();
        int from = 0;
        for (int textEnd : textEnds) {
            from = Math.clamp(tokenizer.encode(text.substring(0, textEnd)).length, from, tokens);
            ends.add(from);
        }
        return ends;
    }

    /** Where the words of a text end. */
    private static int[] textEnds(String text) {
        return IntStream.rangeClosed(1, text.length())
                .filter(end -> !Character.isWhitespace(text.charAt(end - 1)))
                .filter(end -> end == text.length() || Character.isWhitespace(text.charAt(end)))
                .toArray();
    }
}
