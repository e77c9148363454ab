package io.heddle.runtime.checkpoint;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.Position;
import io.heddle.runtime.messages.CheckpointMessages;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a training has come.
 *
 * @param steps how many times the weights have changed
 * @param position the batch that comes next
 * @param seconds how long it took, over all sessions
 * @param data what it is trained on
 */
public record Progress(long steps, Position position, double seconds, DataMark data) {
    /** Before the first step. */
    public static Progress start(DataMark data) {
        return new Progress(0, Position.START, 0, data);
    }

    /** As words for the metadata of a safetensors file. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("steps", Long.toString(steps));
        words.put("epoch", Long.toString(position.epoch()));
        words.put("batch", Long.toString(position.batch()));
        words.put("seconds", Double.toString(seconds));
        words.put("data", data.sizes());
        words.put("dataDigest", data.digest());
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
            DataMark data = new DataMark(word(words, "data"), word(words, "dataDigest"));
            return new Progress(number(words, "steps"), position, seconds, data);
        } catch (IllegalArgumentException cause) {
            throw new ProblemsException(CheckpointMessages.noProgress(place, words), cause);
        }
    }

    private static long number(Map<String, String> words, String name) {
        return Long.parseLong(word(words, name));
    }

    private static String word(Map<String, String> words, String name) {
        String word = words.get(name);
        if (word == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return word;
    }
}
