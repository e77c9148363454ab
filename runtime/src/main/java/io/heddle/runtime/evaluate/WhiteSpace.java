package io.heddle.runtime.evaluate;

import java.util.ArrayList;
import java.util.List;

/** Splits text where Python's {@code str.split()} splits it, which the reference implementations rest on. */
final class WhiteSpace {
    private static final char NEXT_LINE = '\u0085';

    private WhiteSpace() {}

    /** Whether Python's {@code str.isspace} holds: no-break spaces and the control character NEL count too. */
    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == NEXT_LINE;
    }

    /** The words between white space; none for an empty or blank text. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int position = 0; position <= text.length(); position++) {
            if (position == text.length() || isSpace(text.charAt(position))) {
                if (position > start) {
                    words.add(text.substring(start, position));
                }
                start = position + 1;
            }
        }
        return List.copyOf(words);
    }

    /** The text without white space at its end. */
    static String withoutTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
