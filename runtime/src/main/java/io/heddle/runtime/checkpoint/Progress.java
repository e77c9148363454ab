package io.heddle.runtime.checkpoint;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a training has come.
 *
 * @param steps how many times the weights have changed
 * @param position the batch that comes next
 * @param seconds how long it took, over all sessions
 */
public record Progress(long steps, Position position, double seconds) {
    /** Before the first step. */
    public static final Progress START = new Progress(0, Position.START, 0);

    /** As words for the metadata of a safetensors file. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("steps", Long.toString(steps));
        words.put("epoch", Long.toString(position.epoch()));
        words.put("batch", Long.toString(position.batch()));
        words.put("seconds", Double.toString(seconds));
        return words;
    }

    /**
     * Reads {@link #words}.
     *
     * @param place the file, for problems
     */
    static Progress of(Map<String, String> words, String place) {
        try {
            Position position = new Position(number(words, "epoch"), number(words, "batch"));
            double seconds = Double.parseDouble(words.getOrDefault("seconds", "0"));
            return new Progress(number(words, "steps"), position, seconds);
        } catch (IllegalArgumentException cause) {
            String mend = "Go on from another checkpoint, or begin anew with --fresh.";
            throw new ProblemsException(
                    new Problem(place, "it does not say how far the training had come: " + words, mend), cause);
        }
    }

    private static long number(Map<String, String> words, String name) {
        return Long.parseLong(words.getOrDefault(name, "missing"));
    }
}
