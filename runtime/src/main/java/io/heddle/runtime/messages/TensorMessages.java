package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of single tensors of a safetensors file. */
public final class TensorMessages {
    private static final String WRITE_AGAIN = "The file was written wrongly or is damaged. Write or copy it again.";
    private static final String NOBODYS = "bytes of the file belong to no tensor";

    private TensorMessages() {}

    /** The header says too little or too much of the tensor. */
    public static Problem otherKeys(String place, String name) {
        return new Problem(place, tensor(name) + "does not have exactly dtype, shape and data_offsets", WRITE_AGAIN);
    }

    /** The tensor's elements are of a type that is not among those {@code known}. */
    public static Problem unknownType(String place, String name, String type, String known) {
        return new Problem(
                place,
                tensor(name) + "has a type that Heddle does not read",
                List.of(new Fact("dtype", type)),
                "Convert it to one of " + known + ".");
    }

    /** A size or an offset is no whole number. */
    public static Problem notWhole(String place, String name, String shape, String offsets) {
        return new Problem(
                place,
                tensor(name) + "has a shape or offsets that are not whole numbers",
                List.of(new Fact("shape", shape), new Fact("data_offsets", offsets)),
                WRITE_AGAIN);
    }

    /** The shape needs more or fewer bytes than the offsets span. */
    public static Problem otherSize(
            String place, String name, String shape, String type, int elementBytes, long begin, long end) {
        return new Problem(
                place,
                tensor(name) + "does not fill the bytes it is given",
                List.of(
                        new Fact("shape", shape),
                        new Fact("dtype", type + ", " + Counts.bytes(elementBytes) + " each"),
                        new Fact("data_offsets", "[" + begin + ", " + end + "]")),
                WRITE_AGAIN);
    }

    /**
     * A tensor begins before the one before it ends.
     *
     * @param before that one, or the header
     */
    public static Problem overlap(String place, String before, long end, String name, long begin) {
        return new Problem(
                place,
                "two tensors share bytes of the file",
                List.of(ends(before, end), new Fact(quoted(name) + " begins at", String.valueOf(begin))),
                "The file was written wrongly. Write it again.");
    }

    /**
     * A tensor begins after the one before it ends.
     *
     * @param before that one, or the header
     */
    public static Problem gap(String place, String before, long end, String name, long begin) {
        return new Problem(
                place,
                NOBODYS,
                List.of(ends(before, end), new Fact(quoted(name) + " begins at", String.valueOf(begin))),
                "The file was written wrongly. Write it again.");
    }

    /**
     * There are bytes after the last tensor.
     *
     * @param before that one, or the header
     */
    public static Problem tail(String place, String before, long end, long dataBytes) {
        return new Problem(
                place,
                NOBODYS,
                List.of(ends(before, end), new Fact("the data ends at", String.valueOf(dataBytes))),
                "The file was written wrongly or something was appended. Write or copy it again.");
    }

    /** Whole numbers are asked for where there are others. */
    public static Problem fractions(String place, String name, String type) {
        return new Problem(
                place,
                tensor(name) + "holds fractions where whole numbers are needed",
                List.of(new Fact("dtype", type)),
                "Write it as I64 or I32.");
    }

    /** An array is asked for that would be longer than any. */
    public static Problem tooLong(String place, String name, long elements, long most) {
        return new Problem(
                place,
                tensor(name) + "has more elements than a Java array can",
                List.of(
                        new Fact("elements", String.valueOf(elements)),
                        new Fact("at most", String.valueOf(most))),
                "Read it as an INDArray.");
    }

    /** What tensors begin after: the header, or the tensor of this name. */
    public static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static Fact ends(String before, long end) {
        return new Fact(before + " ends at", String.valueOf(end));
    }

    private static String tensor(String name) {
        return "tensor " + quoted(name) + " ";
    }
}
