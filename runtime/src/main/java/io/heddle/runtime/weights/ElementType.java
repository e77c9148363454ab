package io.heddle.runtime.weights;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of a tensor's elements in a safetensors file, under the names that the format gives them. */
public enum ElementType {
    /** IEEE 754 double. */
    F64(8),
    /** IEEE 754 float. */
    F32(4),
    /** IEEE 754 half: 1 sign, 5 exponent, 10 fraction bits. */
    F16(2),
    /** The upper half of a float: 1 sign, 8 exponent, 7 fraction bits. */
    BF16(2),
    /** Signed whole numbers of 64 bits. */
    I64(8),
    /** Signed whole numbers of 32 bits. */
    I32(4),
    /** Signed whole numbers of 16 bits. */
    I16(2),
    /** Signed whole numbers of 8 bits. */
    I8(1),
    /** Whole numbers from 0 to 255. */
    U8(1),
    /** Truth values, one byte each: 0 is false, anything else is true. */
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** How many bytes one element takes. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are fractions, as opposed to whole numbers and truth values. */
    public boolean isFloating() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            case I64, I32, I16, I8, U8, BOOL -> false;
        };
    }

    /** The type of this name in the format; empty when Heddle does not read it. */
    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** All names, for a message: {@code "F64, F32, ..."}. */
    static String names() {
        return Arrays.stream(values()).map(ElementType::name).collect(Collectors.joining(", "));
    }
}
