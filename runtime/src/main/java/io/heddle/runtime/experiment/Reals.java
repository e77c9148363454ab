package io.heddle.runtime.experiment;

import io.heddle.runtime.record.Metric;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Numbers in the database. SQLite has infinities and no NaN: a row whose value is NULL was measured and is no number, and what was not
 * measured has no row. So {@code min} and {@code avg} pass over it, and {@code value IS NULL} finds it.
 */
final class Reals {
    private Reals() {}

    static void bind(PreparedStatement statement, int place, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setNull(place, Types.REAL);
        } else {
            statement.setDouble(place, value);
        }
    }

    static void bind(PreparedStatement statement, int place, Metric metric) throws SQLException {
        switch (metric) {
            case Metric.Real real -> bind(statement, place, real.value());
            case Metric.Whole whole -> statement.setLong(place, whole.value());
        }
    }

    static double read(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    /** The metric in a column of any type: a whole number is a count. */
    static Metric readMetric(ResultSet row, String column) throws SQLException {
        return switch (row.getObject(column)) {
            case null -> Metric.of(Double.NaN);
            case Double real -> Metric.of(real.doubleValue());
            case Number whole -> Metric.of(whole.longValue());
            case Object other -> throw new IllegalStateException("a metric is " + other);
        };
    }
}
