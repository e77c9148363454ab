package io.heddle.runtime.weights;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * Finds a key that stands twice in one object of a JSON text.
 *
 * <p>The JSON parser keeps the last of two equal keys in silence. In a header that would let one tensor hide another, so
 * the text is walked once more. The text must have been accepted by the parser before.
 */
final class DuplicateKeys {
    private final String text;
    private final Deque<Set<String>> keysOfOpenObjects = new ArrayDeque<>();
    private int position;

    private DuplicateKeys(String text) {
        this.text = text;
    }

    /** The first key that repeats another of its object; empty when all differ. */
    static Optional<String> first(String json) {
        return new DuplicateKeys(json).walk();
    }

    private Optional<String> walk() {
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == '"') {
                String written = quoted();
                if (isKey() && !keysOfOpenObjects.getFirst().add(plain(written))) {
                    return Optional.of(plain(written));
                }
                continue;
            }
            if (character == '{') {
                keysOfOpenObjects.push(new HashSet<>());
            } else if (character == '}') {
                keysOfOpenObjects.pop();
            }
            position++;
        }
        return Optional.empty();
    }

    /** Steps over a string, quotes included. */
    private String quoted() {
        int start = position++;
        while (text.charAt(position) != '"') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        return text.substring(start, ++position);
    }

    /** Whether the string just stepped over is followed by a colon: in valid JSON only keys are. */
    private boolean isKey() {
        int next = position;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }

    /** The key without quotes and escapes, because {@code "a"} and {@code "\\u0061"} are the same key. */
    private static String plain(String written) {
        return written.indexOf('\\') < 0
                ? written.substring(1, written.length() - 1)
                : ((JsonPrimitive) Json.Default.parseToJsonElement(written)).getContent();
    }
}
