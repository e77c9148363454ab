package io.heddle.runtime.exchange;

import io.heddle.runtime.weights.TensorArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How a tensor of another program lies, as against Heddle's weight.
 *
 * @param axes which of its axes comes first, second, ... in Heddle; empty when they stand in the same order
 * @param part which part of it a weight is, from 1 on, after its axes were put in order
 * @param parts how many weights lie behind each other in it, along the first axis
 */
public record Arrangement(List<Integer> axes, int part, int parts) {
    /** As Heddle's. */
    public static final Arrangement SAME = new Arrangement(List.of(), 1, 1);

    /** Copies the axes. */
    public Arrangement {
        axes = List.copyOf(axes);
    }

    /**
     * The part of {@code theirs} that a weight of this shape is, as an array of its own memory; they have as many numbers, or
     * this throws.
     */
    public INDArray taken(INDArray theirs, List<Long> shape) {
        INDArray ordered = ordered(theirs);
        INDArray piece = parts == 1 ? ordered : piece(ordered);
        return own(piece, shape.stream().mapToLong(Long::longValue).toArray());
    }

    /** A copy that is no view of another array, so that its memory can be given back. */
    private static INDArray own(INDArray numbers, long[] shape) {
        INDArray own = Nd4j.createUninitialized(numbers.dataType(), shape, 'c');
        own.reshape('c', numbers.shape()).assign(numbers);
        return own;
    }

    /**
     * What {@link #taken} undoes: a tensor of the shape {@code theirs}, of the weights that lie behind each other in it, as
     * an array of its own memory.
     *
     * @param weights one for each of its parts, in their order
     */
    public INDArray joined(List<INDArray> weights, long[] theirs) {
        long[] piece = shape(theirs).stream().mapToLong(Long::longValue).toArray();
        INDArray[] pieces = weights.stream()
                .map(weight -> own(weight, piece))
                .toArray(INDArray[]::new);
        INDArray all = pieces.length == 1 ? pieces[0] : Nd4j.concat(0, pieces);
        if (pieces.length > 1) {
            Arrays.stream(pieces).forEach(TensorArrays::letGo);
        }
        if (axes.isEmpty()) {
            return all;
        }
        INDArray turned = all.permute(back()).dup('c');
        TensorArrays.letGo(all);
        return turned;
    }

    /** Where each axis of Heddle's stood before. */
    private int[] back() {
        int[] back = new int[axes.size()];
        for (int axis = 0; axis < back.length; axis++) {
            back[axes.get(axis)] = axis;
        }
        return back;
    }

    /** The shape that the part has in a tensor of this shape; empty when there is none. */
    List<Long> shape(long[] theirs) {
        if (!axes.isEmpty() && axes.size() != theirs.length) {
            return List.of();
        }
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < theirs.length; axis++) {
            shape.add(theirs[axes.isEmpty() ? axis : axes.get(axis)]);
        }
        if (parts > 1 && (shape.isEmpty() || shape.getFirst() % parts != 0)) {
            return List.of();
        }
        if (parts > 1) {
            shape.set(0, shape.getFirst() / parts);
        }
        return shape;
    }

    private INDArray ordered(INDArray theirs) {
        return axes.isEmpty()
                ? theirs
                : theirs.permute(axes.stream().mapToInt(Integer::intValue).toArray());
    }

    private INDArray piece(INDArray ordered) {
        long rows = ordered.size(0) / parts;
        long first = rows * (part - 1);
        if (ordered.rank() == 1) {
            // An interval of one row of a vector would lose its axis.
            return Nd4j.createFromArray(IntStream.range(0, Math.toIntExact(rows))
                    .mapToDouble(row -> ordered.getDouble(first + row))
                    .toArray())
                    .castTo(ordered.dataType());
        }
        INDArrayIndex[] cut = new INDArrayIndex[ordered.rank()];
        Arrays.fill(cut, NDArrayIndex.all());
        cut[0] = NDArrayIndex.interval(first, first + rows);
        return ordered.get(cut);
    }
}
