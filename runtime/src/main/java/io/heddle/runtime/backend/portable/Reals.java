package io.heddle.runtime.backend.portable;

import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;

/** The real numbers of a tensor in c order, read and written as doubles whichever precision they have. */
final class Reals {
    private final Tensor tensor;
    private final long address;
    private final boolean wide;

    Reals(Tensor tensor) {
        this.tensor = tensor;
        address = tensor.address();
        wide = tensor.type() == DataType.DOUBLE;
    }

    double get(long place) {
        return wide
                ? RawMemory.real64(address + Double.BYTES * place)
                : RawMemory.real32(address + Float.BYTES * place);
    }

    void set(long place, double value) {
        if (wide) {
            RawMemory.writeReal64(address + Double.BYTES * place, value);
        } else {
            RawMemory.writeReal32(address + Float.BYTES * place, (float) value);
        }
    }

    void add(long place, double more) {
        set(place, get(place) + more);
    }

    /** Sets all to zero. */
    void clear() {
        RawMemory.clear(address, tensor.bytes());
    }

    /** A copy of all. */
    double[] read() {
        double[] numbers = new double[Math.toIntExact(tensor.elements())];
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = get(place);
        }
        return numbers;
    }

    /** Overwrites all. */
    void write(double[] numbers) {
        for (int place = 0; place < numbers.length; place++) {
            set(place, numbers[place]);
        }
    }
}
