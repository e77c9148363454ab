package io.heddle.runtime.exchange;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.weights.TensorEntry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can be wrong between a model, a file of weights and the names that bring them together. */
final class ExchangeProblems {
    private ExchangeProblems() {}

    static Problem missing(String file, String names, ParameterLayout.Entry entry, List<Origin> origins) {
        String looked = origins.stream()
                .map(origin -> origin.tensors().getFirst())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Problem(
                file,
                "weight \"" + entry.name() + "\" is missing",
                List.of(new Fact("model", entry.shape().toString())),
                looked.isEmpty()
                        ? names + " has no name for it. Add a line \"" + entry.name() + " = ...\"."
                        : "There is no tensor " + looked + ". Check whether the file belongs to this model.");
    }

    static Problem left(String file, String names, TensorEntry tensor) {
        return new Problem(
                file,
                "tensor \"" + tensor.name() + "\" is left over",
                List.of(new Fact("tensor", Arrays.toString(tensor.sizes()))),
                "Give it to a weight in " + names + ", or say there \"nothing = " + tensor.name() + "\".");
    }

    static Problem unequal(String file, ParameterLayout.Entry entry, Origin first, Origin second) {
        return new Problem(
                file,
                "weight \"" + entry.name() + "\" is there twice, with different numbers",
                List.of(
                        new Fact("first", first.tensors().getFirst()),
                        new Fact("second", second.tensors().getFirst())),
                "The model has one weight for both. Describe it with two, or take another file.");
    }

    static Problem shapes(
            String file, String tensor, long[] sizes, Arrangement arrangement, ParameterLayout.Entry entry) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" has another shape than the model's weight",
                List.of(
                        new Fact("tensor", Arrays.toString(sizes) + told(arrangement)),
                        new Fact(entry.name(), entry.shape().toString())),
                "Change the model's sizes, or say how the tensor lies: \": transposed\", \": axes 0 2 3 1\".");
    }

    static Problem notZero(String file, String tensor) {
        return new Problem(
                file,
                "tensor \"" + tensor + "\" should be zero and is not",
                List.of(),
                "The model has no place for it. Describe a model that has.");
    }

    private static String told(Arrangement arrangement) {
        String axes = arrangement.axes().isEmpty()
                ? ""
                : ", axes "
                        + arrangement.axes().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return arrangement.parts() == 1 ? axes : axes + ", part " + arrangement.part() + " of " + arrangement.parts();
    }
}
