package io.heddle.runtime.weights;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a safetensors header says about one tensor.
 *
 * @param name its name in the file
 * @param type the type of its elements
 * @param shape its sizes, outermost first (c order); empty for a single number
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where its bytes end; {@code end - begin} is {@code count() * type.bytes()}
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {
    /** Keeps the shape from changing later. */
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** How many elements there are; 1 for a single number, 0 when a size is 0. */
    public long count() {
        return (end - begin) / type.bytes();
    }

    /** How many bytes the elements take. */
    public long bytes() {
        return end - begin;
    }

    /** The shape as ND4J takes it. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** The shape as a reader writes it: {@code [768, 50257]}. */
    static String shapeText(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
