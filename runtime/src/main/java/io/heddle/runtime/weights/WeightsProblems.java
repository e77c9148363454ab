package io.heddle.runtime.weights;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.util.List;

/** The messages about a safetensors file as a whole, kept together so that they read alike. */
final class WeightsProblems {
    private static final String COPY_AGAIN = "The file is damaged or was copied in part. Copy or download it again.";

    private WeightsProblems() {}

    static ProblemsException missing(String place) {
        return one(new Problem(place, "there is no such file", "Check the path, or write the weights first."));
    }

    static ProblemsException folder(String place) {
        return one(new Problem(
                place, "a folder stands where a safetensors file is expected",
                "Give the *.safetensors file inside it."));
    }

    static ProblemsException unreadable(String place, Exception cause) {
        return new ProblemsException(
                new Problem(
                        place,
                        "the file cannot be read",
                        List.of(new Fact("cause", String.valueOf(cause.getMessage()))),
                        "Check that you may read it."),
                cause);
    }

    static ProblemsException empty(String place) {
        return one(new Problem(place, "the file is empty", COPY_AGAIN));
    }

    static ProblemsException endsBeforeLength(String place, long fileBytes) {
        return one(new Problem(
                place,
                "the file ends before its header does",
                List.of(new Fact("file", bytes(fileBytes)), new Fact("header length field", bytes(8))),
                COPY_AGAIN));
    }

    static ProblemsException endsBeforeHeader(String place, long fileBytes, long headerBytes) {
        return one(new Problem(
                place,
                "the file ends before its header does",
                List.of(new Fact("file", bytes(fileBytes)), new Fact("header", bytes(headerBytes))),
                COPY_AGAIN));
    }

    static ProblemsException absurdHeader(String place, long fileBytes, long headerBytes, long most) {
        return one(new Problem(
                place,
                "the length of the header is absurd",
                List.of(
                        new Fact("header", Long.toUnsignedString(headerBytes) + " bytes"),
                        new Fact("file", bytes(fileBytes)),
                        new Fact("longest header allowed", bytes(most))),
                "This is not a safetensors file, or its start is damaged. Copy or download it again."));
    }

    static ProblemsException foreign(String place, ForeignFile foreign) {
        return one(new Problem(
                place,
                "this is not a safetensors file",
                List.of(new Fact("it seems to be", foreign.what())),
                foreign.mend()));
    }

    static Problem notJson(String place, String cause) {
        return new Problem(place, "the header is not a JSON object", List.of(new Fact("cause", cause)), COPY_AGAIN);
    }

    static ProblemsException one(Problem problem) {
        return new ProblemsException(problem);
    }

    static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }
}
