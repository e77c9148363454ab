package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of a safetensors file as a whole. */
public final class WeightsMessages {
    private static final String COPY_AGAIN = "The file is damaged or was copied in part. Copy or download it again.";
    private static final int SHOWN = 8;

    private WeightsMessages() {}

    /** There is no file at the path. */
    public static Problem missing(String place) {
        return new Problem(place, "there is no such file", "Check the path, or write the weights first.");
    }

    /** There is a folder at the path. */
    public static Problem folder(String place) {
        return new Problem(
                place, "a folder stands where a safetensors file is expected",
                "Give the *.safetensors file inside it.");
    }

    /** There is nothing in the file. */
    public static Problem empty(String place) {
        return new Problem(place, "the file is empty", COPY_AGAIN);
    }

    /**
     * The file ends before its header does.
     *
     * @param part what of its beginning is cut: {@code header}
     */
    public static Problem endsBeforeHeader(String place, long fileBytes, String part, long partBytes) {
        return new Problem(
                place,
                "the file ends before its header does",
                List.of(new Fact("file", Counts.bytes(fileBytes)), new Fact(part, Counts.bytes(partBytes))),
                COPY_AGAIN);
    }

    /** The file ends before its last tensor does. */
    public static Problem endsBeforeTensors(String place, long dataBytes, long tensorBytes) {
        return new Problem(
                place,
                "the file ends before its tensors do",
                List.of(
                        new Fact("data in the file", Counts.bytes(dataBytes)),
                        new Fact("data in the header", Counts.bytes(tensorBytes))),
                COPY_AGAIN);
    }

    /**
     * The header is longer than any is.
     *
     * @param headerBytes without a sign
     */
    public static Problem absurdHeader(String place, long fileBytes, long headerBytes, long most) {
        return new Problem(
                place,
                "the length of the header is absurd",
                List.of(
                        new Fact("header", Long.toUnsignedString(headerBytes) + " bytes"),
                        new Fact("file", Counts.bytes(fileBytes)),
                        new Fact("longest header allowed", Counts.bytes(most))),
                "This is not a safetensors file, or its start is damaged. Copy or download it again.");
    }

    /** The header holds bytes that are no text. */
    public static Problem headerNotUtf8(String place, String reason) {
        return headerNotJson(place, "bytes that are not UTF-8 (" + reason + ")");
    }

    /** The header begins with something else than an object. */
    public static Problem headerBeginsOtherwise(String place) {
        return headerNotJson(place, "it does not begin with {");
    }

    /** The header is nested deeper than any is. */
    public static Problem headerTooDeep(String place, int deepest) {
        return headerNotJson(place, "it is nested more than " + deepest + " deep");
    }

    /** The header cannot be read as JSON. */
    public static Problem headerNotJson(String place, String cause) {
        return new Problem(place, "the header is not a JSON object", List.of(new Fact("cause", cause)), COPY_AGAIN);
    }

    /** Two entries of the header have one name. */
    public static Problem nameTwice(String place, String name) {
        return new Problem(
                place,
                "a name stands twice in the header",
                List.of(new Fact("name", name)),
                "Write the file again with one tensor for each name.");
    }

    /** The entry for words, called {@code key}, holds something else. */
    public static Problem otherThanWords(String place, String key) {
        return new Problem(
                place,
                key + " holds something other than words",
                "Write the file again with strings alone under " + key + ".");
    }

    /** There are as many problems again that are not told. */
    public static Problem more(String place, int problems) {
        return new Problem(place, problems + " more problems of this kind", "");
    }

    /**
     * A tensor is asked for that is not there.
     *
     * @param held the names of those that are
     */
    public static Problem unknown(String place, String name, List<String> held) {
        String shown = String.join(", ", held.subList(0, Math.min(SHOWN, held.size())));
        int more = held.size() - SHOWN;
        return new Problem(
                place,
                "there is no tensor of this name",
                List.of(new Fact("name", name)),
                held.isEmpty()
                        ? "The file holds no tensors."
                        : "The file holds " + shown + (more > 0 ? ", and " + more + " more." : "."));
    }
}
