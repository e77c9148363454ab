package io.heddle.runtime.tensor;

import io.heddle.graph.Element;
import org.nd4j.linalg.api.buffer.DataType;

/** How many bits a real number has in a program; whole numbers always have 32. */
public enum Precision {
    /** 32 bits: what models are trained and run in. */
    FLOAT(DataType.FLOAT),

    /** 64 bits: what gradients and kernels are checked in. */
    DOUBLE(DataType.DOUBLE);

    private final DataType real;

    Precision(DataType real) {
        this.real = real;
    }

    /** ND4J's name of the numbers of a tensor. */
    public DataType type(Element element) {
        return switch (element) {
            case Real -> real;
            case Index -> DataType.INT32;
        };
    }

    /** How many bytes a real number has. */
    public int bytes() {
        return real.width();
    }
}
