package io.heddle.runtime.evaluate;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How BLEU cuts a line into words. Scores under different tokenizers cannot be compared.
 *
 * <p>Source: the tokenizers of sacreBLEU 2, whose names are given.
 */
public enum BleuTokenizer {
    /** Between white space, for text that is tokenized already. sacreBLEU: {@code none}. */
    WHITE_SPACE,

    /** As NIST's mteval-v13a.pl does for languages in Latin script; sacreBLEU's default: {@code 13a}. */
    MTEVAL_13A,

    /** As mteval-v14.pl does with Unicode: around punctuation, unless between digits, and symbols. {@code intl}. */
    INTERNATIONAL,

    /** Every character that is no white space. {@code char}. */
    CHARACTERS;

    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern POINT_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private static final Pattern MARK_AFTER_NO_NUMBER = Pattern.compile("(\\P{N})(\\p{P})");
    private static final Pattern MARK_BEFORE_NO_NUMBER = Pattern.compile("(\\p{P})(\\P{N})");
    private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

    /** The words of a line, in their order. */
    List<String> words(String line) {
        String text = WhiteSpace.withoutTrailing(line);
        return switch (this) {
            case WHITE_SPACE -> WhiteSpace.words(text);
            case MTEVAL_13A -> WhiteSpace.words(mteval(text));
            case INTERNATIONAL -> WhiteSpace.words(international(text));
            case CHARACTERS -> text.codePoints()
                    .filter(codePoint -> !WhiteSpace.isSpace(codePoint))
                    .mapToObj(Character::toString)
                    .toList();
        };
    }

    private static String mteval(String line) {
        String text = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        text = PUNCTUATION.matcher(" " + text + " ").replaceAll(" $1 ");
        text = POINT_AFTER_NO_DIGIT.matcher(text).replaceAll("$1 $2 ");
        text = POINT_BEFORE_NO_DIGIT.matcher(text).replaceAll(" $1 $2");
        return DASH_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
    }

    private static String international(String line) {
        String text = MARK_AFTER_NO_NUMBER.matcher(line).replaceAll("$1 $2 ");
        text = MARK_BEFORE_NO_NUMBER.matcher(text).replaceAll(" $1 $2");
        return SYMBOL.matcher(text).replaceAll(" $1 ");
    }
}
