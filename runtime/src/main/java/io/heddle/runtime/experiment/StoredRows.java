package io.heddle.runtime.experiment;

import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What was measured of a trial, in the tables {@code metrics} and {@code blocks}. */
final class StoredRows {
    private StoredRows() {}

    /** Adds rows of metrics; those of a step that has some are replaced by these. */
    static void addMetrics(Connection connection, long trial, List<MetricsRow> rows) throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement("DELETE FROM metrics WHERE trial = ? AND step = ?");
                PreparedStatement add = connection.prepareStatement("INSERT INTO metrics VALUES (?, ?, ?, ?)")) {
            for (MetricsRow row : rows) {
                drop.setLong(1, trial);
                drop.setLong(2, row.step());
                drop.executeUpdate();
                for (Map.Entry<String, Metric> metric : row.metrics().entrySet()) {
                    add.setLong(1, trial);
                    add.setLong(2, row.step());
                    add.setString(3, metric.getKey());
                    Reals.bind(add, 4, metric.getValue());
                    add.executeUpdate();
                }
            }
        }
    }

    /** Adds rows of blocks; one of a step and a block that has one is replaced. */
    static void addBlocks(Connection connection, long trial, List<BlockRow> rows) throws SQLException {
        String words = "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement add = connection.prepareStatement(words)) {
            for (BlockRow row : rows) {
                add.setLong(1, trial);
                add.setLong(2, row.step());
                add.setString(3, row.path());
                Reals.bind(add, 4, row.gradientNorm());
                Reals.bind(add, 5, row.weightNorm());
                Reals.bind(add, 6, row.updateRatio());
                Reals.bind(add, 7, row.activation().orElse(Double.NaN));
                add.setInt(8, row.activation().isPresent() ? 1 : 0);
                add.executeUpdate();
            }
        }
    }

    /** Forgets the rows after a step. */
    static void dropAfter(Connection connection, long trial, long step) throws SQLException {
        for (String table : List.of("metrics", "blocks")) {
            String words = "DELETE FROM " + table + " WHERE trial = ? AND step > ?";
            try (PreparedStatement drop = connection.prepareStatement(words)) {
                drop.setLong(1, trial);
                drop.setLong(2, step);
                drop.executeUpdate();
            }
        }
    }

    /** All metrics of a trial by steps, in the order of the names. */
    static List<MetricsRow> metrics(Connection connection, long trial) throws SQLException {
        Map<Long, Map<String, Metric>> steps = new TreeMap<>();
        String question = "SELECT step, name, value FROM metrics WHERE trial = ? ORDER BY step, name";
        try (PreparedStatement ask = connection.prepareStatement(question)) {
            ask.setLong(1, trial);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    steps.computeIfAbsent(rows.getLong("step"), _ -> new LinkedHashMap<>())
                            .put(rows.getString("name"), Reals.readMetric(rows, "value"));
                }
            }
        }
        return steps.entrySet().stream()
                .map(step -> new MetricsRow(step.getKey(), step.getValue()))
                .toList();
    }

    /** All that was measured of a trial's blocks, by steps and paths. */
    static List<BlockRow> blocks(Connection connection, long trial) throws SQLException {
        List<BlockRow> blocks = new ArrayList<>();
        String question = "SELECT * FROM blocks WHERE trial = ? ORDER BY step, path";
        try (PreparedStatement ask = connection.prepareStatement(question)) {
            ask.setLong(1, trial);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    blocks.add(block(rows));
                }
            }
        }
        return blocks;
    }

    private static BlockRow block(ResultSet row) throws SQLException {
        return new BlockRow(
                row.getLong("step"),
                row.getString("path"),
                Reals.read(row, "gradient_norm"),
                Reals.read(row, "weight_norm"),
                Reals.read(row, "update_ratio"),
                row.getInt("has_activation") == 1
                        ? OptionalDouble.of(Reals.read(row, "activation"))
                        : OptionalDouble.empty());
    }
}
