package io.heddle.runtime.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Metrics as comma-separated values: {@code step,loss,validation loss}, then one line a step.
 *
 * <p>A metric that was not measured is an empty cell. NaN and infinities are {@code NaN}, {@code Infinity} and
 * {@code -Infinity}. Nothing is quoted, because names with commas, quotes or line breaks are refused.
 */
final class MetricsCsv {
    static final String STEP = "step";
    private static final Pattern NAME = Pattern.compile("[^,\"\\p{Cntrl}]+");

    private MetricsCsv() {}

    /** Refuses columns that the format cannot hold or that repeat each other. */
    static void checkColumns(List<String> columns) {
        List<String> seen = new ArrayList<>(List.of(STEP));
        for (String column : columns) {
            if (!NAME.matcher(column).matches() || seen.contains(column)) {
                throw new IllegalArgumentException("\"" + column + "\" cannot name a metric, or names two");
            }
            seen.add(column);
        }
    }

    static String header(List<String> columns) {
        return columns.isEmpty() ? STEP : STEP + "," + String.join(",", columns);
    }

    /** The columns that a header names, without the step's. */
    static List<String> columns(String header) {
        List<String> names = List.of(header.split(",", -1));
        return names.subList(1, names.size());
    }

    static String line(List<String> columns, MetricsRow row) {
        StringBuilder line = new StringBuilder(Long.toString(row.step()));
        for (String column : columns) {
            line.append(',').append(row.metric(column).map(Metric::text).orElse(""));
        }
        return line.toString();
    }

    /**
     * The row that a line holds.
     *
     * @throws IllegalArgumentException when it has not one cell for each column, or a cell that is no number
     */
    static MetricsRow parse(List<String> columns, String line) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != columns.size() + 1) {
            throw new IllegalArgumentException(cells.size() + " cells for " + (columns.size() + 1) + " columns");
        }
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (int place = 0; place < columns.size(); place++) {
            String cell = cells.get(place + 1);
            if (!cell.isEmpty()) {
                metrics.put(columns.get(place), Metric.parse(cell));
            }
        }
        return new MetricsRow(Long.parseLong(cells.getFirst()), metrics);
    }
}
