package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What is told of a model, a file of weights and the names that bring them together. */
public final class ExchangeMessages {
    private ExchangeMessages() {}

    /**
     * No tensor was found for a weight of the model.
     *
     * @param names where the names stand
     * @param looked the tensors that were looked for; none where there is no name for it
     */
    public static Problem missing(String file, String names, String weight, String shape, List<String> looked) {
        return new Problem(
                file,
                "weight \"" + weight + "\" is missing",
                List.of(new Fact("model", shape)),
                looked.isEmpty()
                        ? names + " has no name for it. Add a line \"" + weight + " = ...\"."
                        : "There is no tensor " + String.join(", ", looked)
                                + ". Check whether the file belongs to this model.");
    }

    /** No weight was found for a tensor of the file. */
    public static Problem left(String file, String names, String tensor, String shape) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" is left over",
                List.of(new Fact("tensor", shape)),
                "Give it to a weight in " + names + ", or say there \"nothing = " + tensor + "\".");
    }

    /** No weight was found for a tensor of a family whose names Heddle keeps. */
    public static Problem strange(String file, String tensor, String shape) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" is left over",
                List.of(new Fact("tensor", shape)),
                "The model that config.json describes has no weight for it. Check whether the two belong together.");
    }

    /** Two tensors were found for one weight, and are not the same. */
    public static Problem unequal(String file, String weight, String first, String second) {
        return new Problem(
                file,
                "weight \"" + weight + "\" is there twice, with different numbers",
                List.of(new Fact("first", first), new Fact("second", second)),
                "The model has one weight for both. Describe it with two, or take another file.");
    }

    /** The tensor that was found for a weight holds no fractions. */
    public static Problem whole(String file, String tensor, String type, String weight) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" holds whole numbers or truth values, and a weight is made of fractions",
                List.of(new Fact("tensor", type), new Fact("weight", weight)),
                "Take a file whose weights were not quantized: F64, F32, F16 or BF16.");
    }

    /** The tensor that was found for a weight has another shape. */
    public static Problem otherShape(String file, String tensor, String there, String weight, String wanted) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" has another shape than the model's weight",
                List.of(new Fact("tensor", there), new Fact(weight, wanted)),
                "Change the model's sizes, or say how the tensor lies: \": transposed\", \": axes 0 2 3 1\".");
    }

    /** The tensor that was found for a weight has other sizes than a configuration says. */
    public static Problem otherSizes(String file, String tensor, String there, String weight, String wanted) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" has other sizes than config.json says",
                List.of(new Fact("tensor", there), new Fact(weight, wanted)),
                "Take the config.json that belongs to these weights.");
    }

    /**
     * What a weight is taken from: a tensor's shape, with the order of its axes and with which of its parts.
     *
     * @param axes none where they are as they lie
     */
    public static String taken(String shape, List<Integer> axes, int part, int parts) {
        String order = axes.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return shape + (axes.isEmpty() ? "" : ", axes " + order)
                + (parts == 1 ? "" : ", part " + part + " of " + parts);
    }

    /** A tensor holds numbers that the model has no place for. */
    public static Problem notZero(String file, String tensor) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" should be zero and is not",
                "The model has no place for it. Describe a model that has.");
    }
}
