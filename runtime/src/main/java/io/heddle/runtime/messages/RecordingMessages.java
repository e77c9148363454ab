package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of texts whose attentions cannot be recorded. */
public final class RecordingMessages {
    private RecordingMessages() {}

    /** There is no text. */
    public static Problem nothingToRead(String place) {
        return new Problem(place, "there is nothing to read", "Give a text of one token or more.");
    }

    /** A text is longer than its input has positions. */
    public static Problem longerThanPositions(String input, int tokens, int positions) {
        return new Problem(
                input,
                "the text is longer than the model has positions",
                List.of(
                        new Fact("tokens", String.valueOf(tokens)),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Give a shorter one.");
    }

    /** A model reads what no text tells. */
    public static Problem readsMore(String model, List<String> inputs) {
        return new Problem(
                model,
                "the model reads more than tokens",
                List.of(new Fact("also read", String.join(", ", inputs))),
                "Attentions are recorded over texts alone.");
    }

    /** It is not known which input reads the text. */
    public static Problem severalTexts(String model, List<String> inputs) {
        return new Problem(
                model,
                "which input the text is for is not known",
                List.of(new Fact("inputs of tokens", inputs.isEmpty() ? "none" : String.join(", ", inputs))),
                "Attentions are recorded of models that read one text, or a source and what is written from it.");
    }
}
