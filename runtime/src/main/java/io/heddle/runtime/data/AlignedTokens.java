package io.heddle.runtime.data;

import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.data.tokenizer.WordVocabulary;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which token of a source makes each token of its target, where an aligner linked their words (arXiv 1711.02281, section 3.3).
 *
 * <p>The tokens of a word are spread evenly over the tokens of all words that it is linked to; those of a word without a link are
 * made by what makes the token before them, or, at the beginning, behind them. The end of the source makes the end of the
 * target. So each token is made once, and the fertilities add up to the length, end token included.
 */
final class AlignedTokens {
    private final Tokenizers tokenizers;

    AlignedTokens(Tokenizers tokenizers) {
        this.tokenizers = tokenizers;
    }

    /**
     * The position of the source that makes each place, in ascending order: the copies stand as their sources do.
     *
     * @param positions of the source, its end token included
     * @param places of the target, its end token included
     */
    int[] makers(SentencePair pair, Alignment alignment, int positions, int places) {
        int[] sourceWords = words(tokenizers.read(), pair.source(), positions);
        int[] targetWords = words(tokenizers.written(), pair.target(), places - 1);
        int[] makers = new int[places];
        Arrays.fill(makers, -1);
        makers[places - 1] = positions - 1;
        for (int word : IntStream.of(targetWords).distinct().toArray()) {
            Set<Integer> linked = new TreeSet<>();
            alignment.links().stream().filter(link -> link.target() == word).forEach(link -> linked.add(link.source()));
            int[] from = indices(sourceWords, linked);
            int[] to = indices(targetWords, Set.of(word));
            if (from.length > 0) {
                int[] spread = Fertilities.spread(from.length, to.length);
                IntStream.range(0, to.length).forEach(piece -> makers[to[piece]] = from[spread[piece]]);
            }
        }
        fill(makers);
        Arrays.sort(makers);
        return makers;
    }

    /** What is made by nothing is made by what makes the place before; at the beginning, the place behind. */
    private static void fill(int[] makers) {
        for (int place = 1; place < makers.length; place++) {
            if (makers[place] < 0) {
                makers[place] = makers[place - 1];
            }
        }
        for (int place = makers.length - 2; place >= 0; place--) {
            if (makers[place] < 0) {
                makers[place] = makers[place + 1];
            }
        }
    }

    private static int[] indices(int[] words, Set<Integer> wanted) {
        return IntStream.range(0, words.length).filter(token -> wanted.contains(words[token])).toArray();
    }

    /** Which word each of the first so many tokens of a text is of; an end token is of no word. */
    private static int[] words(Tokenizer tokenizer, String text, int tokens) {
        int[] words = new int[tokens];
        Arrays.fill(words, -1);
        if (tokenizer instanceof WordVocabulary known) {
            int count = Math.min(tokens, known.words(text).size());
            Arrays.setAll(words, token -> token < count ? token : -1);
            return words;
        }
        // A tokenizer may look at what stands before a word, so each is encoded with all of that.
        int word = 0;
        int from = 0;
        for (int end : ends(text)) {
            int to = Math.clamp(tokenizer.encode(text.substring(0, end)).length, from, tokens);
            Arrays.fill(words, from, to, word++);
            from = to;
        }
        return words;
    }

    /** Where the words of a text end. */
    private static int[] ends(String text) {
        return IntStream.rangeClosed(1, text.length())
                .filter(end -> !Character.isWhitespace(text.charAt(end - 1)))
                .filter(end -> end == text.length() || Character.isWhitespace(text.charAt(end)))
                .toArray();
    }
}
