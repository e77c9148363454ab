package io.heddle.runtime.record;

/** The value of a metric at one step. */
public sealed interface Metric {
    /** A measured number, such as a loss; NaN and infinities are kept as they are. */
    record Real(double value) implements Metric {}

    /** A count, such as tokens seen. */
    record Whole(long value) implements Metric {}

    /** A measured number. */
    static Metric of(double value) {
        return new Real(value);
    }

    /** A count. */
    static Metric of(long value) {
        return new Whole(value);
    }

    /** As a double, rounded when it is a count beyond 2^53. */
    default double asDouble() {
        return switch (this) {
            case Real real -> real.value();
            case Whole whole -> whole.value();
        };
    }

    /** The shortest decimal number that reads back as exactly this value; {@code NaN} and {@code Infinity} as words. */
    default String text() {
        return switch (this) {
            case Real real -> Double.toString(real.value());
            case Whole whole -> Long.toString(whole.value());
        };
    }

    /**
     * The metric that {@link #text} wrote: a count when it is a plain whole number, measured otherwise.
     *
     * @throws NumberFormatException when it is neither
     */
    static Metric parse(String text) {
        return text.matches("-?[0-9]+") ? of(Long.parseLong(text)) : of(Double.parseDouble(text));
    }
}
