package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextOrigin;
import java.util.List;

/**
 * Sentence pairs as text, before a tokenizer.
 *
 * @param sourceName the file of the sources, as the user wrote it
 * @param targetName the file of the targets; the same one for tab-separated pairs
 * @param pairs in the order of the file
 * @param skipped how many pairs were left out because a side was empty
 */
public record PairText(String sourceName, String targetName, List<SentencePair> pairs, int skipped) {
    public PairText {
        pairs = List.copyOf(pairs);
    }

    /**
     * Reads and checks pairs.
     *
     * @throws ProblemsException with everything that is wrong: files that cannot be read or are not UTF-8, different
     *     numbers of lines, lines without exactly one tab, empty sides that are refused, or no pair at all
     */
    public static PairText read(PairFiles files, EmptySides emptySides) {
        return new PairReader(emptySides).read(files);
    }

    /** The source sentences, to build a vocabulary of. */
    public List<String> sources() {
        return pairs.stream().map(SentencePair::source).toList();
    }

    /** The target sentences, to build a vocabulary of. */
    public List<String> targets() {
        return pairs.stream().map(SentencePair::target).toList();
    }

    /** Where the source of {@code pair} stands. */
    public TextOrigin sourceOrigin(SentencePair pair) {
        return new TextOrigin(sourceName, pair.line(), 1);
    }

    /** Where the target of {@code pair} stands. */
    public TextOrigin targetOrigin(SentencePair pair) {
        boolean sameLine = sourceName.equals(targetName);
        int before = sameLine ? pair.source().codePointCount(0, pair.source().length()) + 1 : 0;
        return new TextOrigin(targetName, pair.line(), before + 1);
    }
}
