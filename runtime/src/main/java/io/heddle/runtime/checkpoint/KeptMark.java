package io.heddle.runtime.checkpoint;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.CheckpointMessages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which weights of a training are kept beside its last ones.
 *
 * @param step how many steps had been taken
 * @param figure what they were chosen by
 * @param seen after how many steps the held-out data was looked at for the last time
 */
public record KeptMark(long step, double figure, long seen) {
    private static final String STEP = "keptStep";
    private static final String FIGURE = "keptFigure";
    private static final String SEEN = "seenStep";

    /** As words for the metadata of a safetensors file. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(STEP, Long.toString(step));
        words.put(FIGURE, Double.toString(figure));
        words.put(SEEN, Long.toString(seen));
        return words;
    }

    /**
     * Reads {@link #words}; empty where there are none.
     *
     * @param place the file, for problems
     */
    static Optional<KeptMark> of(Map<String, String> words, String place) {
        if (!words.containsKey(STEP)) {
            return Optional.empty();
        }
        try {
            long step = Long.parseLong(words.get(STEP));
            double figure = Double.parseDouble(words.getOrDefault(FIGURE, ""));
            return Optional.of(new KeptMark(step, figure, Long.parseLong(words.getOrDefault(SEEN, ""))));
        } catch (NumberFormatException cause) {
            throw new ProblemsException(CheckpointMessages.noProgress(place, words), cause);
        }
    }
}
