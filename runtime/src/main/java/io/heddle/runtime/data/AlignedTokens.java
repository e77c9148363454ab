package io.heddle.runtime.data;

import io.heddle.runtime.data.tokenizer.Tokenizers;
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
    private final WordsOfTokens read;
    private final WordsOfTokens written;

    AlignedTokens(Tokenizers tokenizers) {
        read = new WordsOfTokens(tokenizers.read());
        written = new WordsOfTokens(tokenizers.written());
    }

    /**
     * The position of the source that makes each place, in ascending order: the copies stand as their sources do.
     *
     * @param positions the tokens of the source, its end token included
     * @param places the tokens of the target without its end token, which is one place more
     */
    int[] makers(SentencePair pair, Alignment alignment, int[] positions, int[] places) {
        int[] sourceWords = read.of(pair.source(), positions);
        int[] targetWords = written.of(pair.target(), places);
        int[] makers = new int[places.length + 1];
        Arrays.fill(makers, -1);
        makers[places.length] = positions.length - 1;
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
}
