package io.heddle.runtime.weights;

/**
 * How deep the brackets of a JSON text go.
 *
 * <p>Asked before parsing, because the parser calls itself for every bracket: a damaged header of a megabyte of
 * {@code [} would end in a stack overflow.
 */
final class JsonDepth {
    private JsonDepth() {}

    /** The largest number of brackets open at once outside strings; the text need not be valid. */
    static int of(String text) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int position = 0; position < text.length(); position++) {
            char character = text.charAt(position);
            if (quoted) {
                if (character == '\\') {
                    position++;
                } else if (character == '"') {
                    quoted = false;
                }
            } else if (character == '"') {
                quoted = true;
            } else if (character == '{' || character == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (character == '}' || character == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
