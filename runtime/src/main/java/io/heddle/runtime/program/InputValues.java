package io.heddle.runtime.program;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ProgramMessages;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;
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
            throw kind(name, input);
        }
        if (!Arrays.equals(values.shape(), input.shape())) {
            String shape = Arrays.toString(input.shape());
            throw new ProblemsException(ProgramMessages.otherInput(
                    name, shape, input.elements(), Arrays.toString(values.shape())));
        }
        if (isDense(values) && values.dataType() == input.type()) {
            RawMemory.copy(NativeBuffer.address(values), input.address(), input.bytes());
        } else {
            input.array().assign(values);
        }
    }

    /** Whether numbers lie one after the other in c order, as those of a program's output do. */
    private static boolean isDense(INDArray values) {
        long[] strides = values.stride();
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            if (strides[axis] != stride && values.size(axis) != 1) {
                return false;
            }
            stride *= values.size(axis);
        }
        return true;
    }

    private static void check(String name, Tensor input, int count, boolean whole) {
        if (whole != isWhole(input)) {
            throw kind(name, input);
        }
        if (count != input.elements()) {
            String shape = Arrays.toString(input.shape());
            throw new ProblemsException(ProgramMessages.otherCount(name, shape, input.elements(), count));
        }
    }

    private static boolean isWhole(Tensor input) {
        return input.type().isIntType();
    }

    private static ProblemsException kind(String name, Tensor input) {
        return new ProblemsException(
                isWhole(input) ? ProgramMessages.realForWhole(name) : ProgramMessages.wholeForReal(name));
    }
}
