package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of tensors that cannot be written. */
public final class TensorWritingMessages {
    private static final String OWN_NAME = "Give every tensor a name of its own.";

    private TensorWritingMessages() {}

    /** A tensor is called as the format calls its words. */
    public static Problem keptName(String place, String name) {
        return new Problem(
                place, "a tensor has the name that the format keeps for itself", List.of(new Fact("name", name)),
                OWN_NAME);
    }

    /** Two tensors have one name. */
    public static Problem nameTwice(String place, String name) {
        return new Problem(place, "two tensors have the same name", List.of(new Fact("name", name)), OWN_NAME);
    }

    /** The memory is larger or smaller than the shape needs. */
    public static Problem otherSize(String place, String name, String shape, long shapeBytes, long memoryBytes) {
        return new Problem(
                place,
                "tensor \"" + name + "\" does not fill its shape",
                List.of(
                        new Fact("shape", shape),
                        new Fact("shape needs", Counts.bytes(shapeBytes)),
                        new Fact("memory holds", Counts.bytes(memoryBytes))),
                "Give the memory of exactly this tensor.");
    }

    /** The elements are of a type that is only read. */
    public static Problem otherType(String place, String name, String type) {
        return new Problem(
                place,
                "tensor \"" + name + "\" has a type that Heddle does not write",
                List.of(new Fact("type", type)),
                "Cast it to F32, F64, I64 or I32 first.");
    }
}
