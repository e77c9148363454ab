package io.heddle.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number, 0 or more. */
final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) return number;
        } catch (NumberFormatException noNumber) {
            // Told below.
        }
        throw new TypeConversionException("'" + text + "' is not a whole number, 0 or more");
    }
}
