package io.heddle.runtime.record;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.MetricsMessages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The metrics of a training run, one row a step, in two files of the run's folder.
 *
 * <pre>
 *   metrics.csv     for spreadsheets and plots: a column for each metric
 *   metrics.jsonl   for programs: an object a line
 * </pre>
 *
 * <p>Both are written line by line and are whole at every moment but for the last line of a killed process, which
 * {@link #resume} and {@link #read} leave out. Numbers read back exactly and look the same in every locale.
 */
public final class MetricsLog implements AutoCloseable {
    private static final String CSV = "metrics.csv";
    private static final String JSON = "metrics.jsonl";

    private final List<String> columns;
    private final LineFile csv;
    private final LineFile json;

    private MetricsLog(List<String> columns, LineFile csv, LineFile json) {
        this.columns = columns;
        this.csv = csv;
        this.json = json;
    }

    /**
     * Begins new files, in place of any that are there.
     *
     * @param columns the names of all metrics that will come, without {@code step}
     * @throws ProblemsException when the files cannot be written
     * @throws IllegalArgumentException when a name repeats another or holds a comma, a quote or a control character
     */
    public static MetricsLog begin(Path folder, List<String> columns) {
        MetricsCsv.checkColumns(columns);
        return open(folder, columns, List.of(), List.of());
    }

    /**
     * Goes on with the files of an earlier run, dropping the rows after a step; begins new ones when there are none.
     *
     * @param step the last step whose rows stay: that of the checkpoint from which the run is resumed
     * @throws ProblemsException when the files have columns that are not among these, hold something else than rows, or cannot
     *     be written
     * @throws IllegalArgumentException as in {@link #begin}
     */
    public static MetricsLog resume(Path folder, List<String> columns, long step) {
        MetricsCsv.checkColumns(columns);
        return open(folder, columns, keptCsv(folder.resolve(CSV), columns, step), keptJson(folder.resolve(JSON), step));
    }

    private static MetricsLog open(Path folder, List<String> columns, List<String> csvRows, List<String> jsonRows) {
        List<String> csvLines = new ArrayList<>(List.of(MetricsCsv.header(columns)));
        csvLines.addAll(csvRows);
        LineFile csv = LineFile.begin(folder.resolve(CSV), csvLines);
        try {
            return new MetricsLog(List.copyOf(columns), csv, LineFile.begin(folder.resolve(JSON), jsonRows));
        } catch (ProblemsException cause) {
            csv.close();
            throw cause;
        }
    }

    /**
     * Adds a row to both files.
     *
     * @throws IllegalArgumentException when it has a metric that the columns do not name
     * @throws ProblemsException when it cannot be written
     */
    public void write(MetricsRow row) {
        for (String name : row.metrics().keySet()) {
            if (!columns.contains(name)) {
                throw new IllegalArgumentException("there is no column \"" + name + "\" among " + columns);
            }
        }
        csv.append(MetricsCsv.line(columns, row));
        json.append(MetricsJson.line(row));
    }

    /** Brings both files to the disk and closes them. */
    @Override
    public void close() {
        try (csv;
                json) {
            // Both are closed even when the first cannot be.
        }
    }

    /**
     * The rows of a run's folder, in their order; none when nothing was recorded.
     *
     * @throws ProblemsException when {@code metrics.jsonl} cannot be read or holds something else than rows
     */
    public static List<MetricsRow> read(Path folder) {
        Path path = folder.resolve(JSON);
        List<MetricsRow> rows = new ArrayList<>();
        List<String> lines = LineFile.wholeLines(path);
        for (int place = 0; place < lines.size(); place++) {
            rows.add(parsed(path, place + 1, lines.get(place), MetricsJson::parse));
        }
        return rows;
    }

    private static List<String> keptCsv(Path path, List<String> columns, long step) {
        List<String> lines = LineFile.wholeLines(path);
        if (lines.isEmpty()) {
            return List.of();
        }
        String expected = MetricsCsv.header(columns);
        List<String> there = MetricsCsv.columns(lines.getFirst());
        if (!lines.getFirst().equals(MetricsCsv.header(there)) || !columns.containsAll(there)) {
            throw new ProblemsException(MetricsMessages.otherColumns(path, lines.getFirst(), expected));
        }
        List<String> kept = kept(path, lines, 1, step, line -> MetricsCsv.parse(there, line));
        // A metric that was not measured before has a column from here on.
        return there.equals(columns)
                ? kept
                : kept.stream().map(line -> MetricsCsv.line(columns, MetricsCsv.parse(there, line))).toList();
    }

    private static List<String> keptJson(Path path, long step) {
        return kept(path, LineFile.wholeLines(path), 0, step, MetricsJson::parse);
    }

    private static List<String> kept(
            Path path, List<String> lines, int first, long step, Function<String, MetricsRow> parser) {
        List<String> kept = new ArrayList<>();
        for (int place = first; place < lines.size(); place++) {
            if (parsed(path, place + 1, lines.get(place), parser).step() <= step) {
                kept.add(lines.get(place));
            }
        }
        return kept;
    }

    private static MetricsRow parsed(Path path, int number, String line, Function<String, MetricsRow> parser) {
        try {
            return parser.apply(line);
        } catch (IllegalArgumentException cause) {
            throw new ProblemsException(
                    MetricsMessages.noRow(path, number, line, String.valueOf(cause.getMessage())),
                    cause);
        }
    }
}
