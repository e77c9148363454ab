package io.heddle.runtime.program;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes what a caller gives into an input, or says why it does not fit. */
final class InputValues {
    private InputValues() {}

    static void write(String name, Tensor input, int[] values) {
        check(name, input, values.length, true);
        RawMemory.write(values, input.address());
    }

    static void write(String name, Tensor input, float[] values) {
        check(name, input, values.length, false);
        if (input.type() == DataType.FLOAT) {
            RawMemory.write(values, input.address());
        } else {
            double[] widened = new double[values.length];
            Arrays.setAll(widened, place -> values[place]);
            RawMemory.write(widened, input.address());
        }
    }

    static void write(String name, Tensor input, double[] values) {
        check(name, input, values.length, false);
        if (input.type() == DataType.DOUBLE) {
            RawMemory.write(values, input.address());
        } else {
            float[] rounded = new float[values.length];
            for (int place = 0; place < values.length; place++) {
                rounded[place] = (float) values[place];
            }
            RawMemory.write(rounded, input.address());
        }
    }

    static void write(String name, Tensor input, INDArray values) {
        if (values.dataType().isIntType() != isWhole(input)) {
            throw kind(name, input, values.dataType().isIntType());
        }
        if (!Arrays.equals(values.shape(), input.shape())) {
            throw size(name, input, Arrays.toString(values.shape()));
        }
        input.array().assign(values);
    }

    private static void check(String name, Tensor input, int count, boolean whole) {
        if (whole != isWhole(input)) {
            throw kind(name, input, whole);
        }
        if (count != input.elements()) {
            throw size(name, input, count + " numbers");
        }
    }

    private static boolean isWhole(Tensor input) {
        return input.type().isIntType();
    }

    private static ProblemsException kind(String name, Tensor input, boolean whole) {
        List<Fact> facts = List.of(
                new Fact("input", isWhole(input) ? "whole numbers" : "real numbers"),
                new Fact("given", whole ? "whole numbers" : "real numbers"));
        return new ProblemsException(new Problem("input " + name, "takes another kind of number", facts, ""));
    }

    private static ProblemsException size(String name, Tensor input, String given) {
        String wanted = Arrays.toString(input.shape()) + ", " + input.elements() + " numbers";
        List<Fact> facts = List.of(new Fact("input", wanted), new Fact("given", given));
        String mend = "A program has fixed sizes: bind another one for other sizes.";
        return new ProblemsException(new Problem("input " + name, "takes another shape", facts, mend));
    }
}
