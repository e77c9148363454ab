package io.heddle.runtime.generate;

import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.RawMemory;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of a table that a program has given, read as they are asked for: of a large vocabulary few words are in question, and
 * an array of ND4J's for each row would take longer than what is done with it.
 */
final class TableRows {
    private final INDArray table;
    private final long address;
    private final boolean wide;

    /** @param table {@code [rows, width]}, in c order */
    TableRows(INDArray table) {
        this.table = table;
        address = NativeBuffer.address(table);
        wide = table.dataType() == DataType.DOUBLE;
    }

    /** How many numbers a row has. */
    int width() {
        return Math.toIntExact(table.size(1));
    }

    /** The numbers of a row, a copy. */
    double[] row(int row) {
        double[] copy = new double[width()];
        long first = (long) Objects.checkIndex(row, Math.toIntExact(table.size(0))) * copy.length;
        for (int column = 0; column < copy.length; column++) {
            copy[column] = number(first + column);
        }
        return copy;
    }

    private double number(long place) {
        return wide
                ? RawMemory.real64(address + Double.BYTES * place)
                : RawMemory.real32(address + Float.BYTES * place);
    }
}
