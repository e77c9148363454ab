package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of lines that say what other programs call weights. */
public final class NamesMessages {
    private NamesMessages() {}

    /** The line is of no known form. */
    public static Problem otherForm(String place, String line) {
        return unread(
                place, line,
                "A line is \"ours = theirs\", \"ours = theirs : transposed\","
                        + " \"ours = theirs : part 1 of 3\", \"nothing = theirs\" or \"zeros = theirs\".");
    }

    /** The choices of the two sides do not go together. */
    public static Problem otherChoices(String place, String line) {
        return unread(place, line, "Both sides have to offer the same number of names in {...}.");
    }

    /** The layers of the two sides do not go together. */
    public static Problem otherStars(String place, String line) {
        return unread(place, line, "Both sides need the same number of stars: a star is a layer's number.");
    }

    /** What stands after the colon is not known. */
    public static Problem otherArrangement(String place, String line) {
        return unread(
                place, line, "After the colon stand \"transposed\", \"axes 0 2 3 1\" and \"part 1 of 3\".");
    }

    /** A part is named that there is not. */
    public static Problem otherPart(String place, String line) {
        return unread(place, line, "Parts are counted from 1 on.");
    }

    /** Axes are named that there are not, or twice. */
    public static Problem otherAxes(String place, String line) {
        return unread(place, line, "Axes are counted from 0 on, each once.");
    }

    private static Problem unread(String place, String line, String mend) {
        return new Problem(place, "this line of names cannot be read", List.of(new Fact("line", line)), mend);
    }
}
