package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code curves.csv}: a row a value, {@code variant,setting,seed,step,metric,value}. What was measured of a block is called
 * {@code gradientNorm/decoder/3/attention}. Written as {@link RunsTable} is.
 */
public final class CurvesTable {
    private CurvesTable() {}

    /**
     * Puts the table in place of any that is there.
     *
     * @throws ProblemsException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, List<TrialResult> results) {
        TableFile.write(file, table -> {
            table.row(List.of("variant", "setting", "seed", "step", "metric", "value"));
            for (TrialResult result : results) {
                writeCurves(table, result);
            }
        });
    }

    private static void writeCurves(TableFile table, TrialResult result) throws IOException {
        List<String> place = RunsTable.place(result.trial());
        for (MetricsRow row : result.metrics()) {
            for (Map.Entry<String, Metric> metric : row.metrics().entrySet()) {
                table.row(row(place, row.step(), metric.getKey(), metric.getValue().text()));
            }
        }
        for (BlockRow row : result.blocks()) {
            for (Map.Entry<String, Double> measured : BlockMetrics.of(row).entrySet()) {
                String name = measured.getKey() + "/" + row.path();
                table.row(row(place, row.step(), name, Double.toString(measured.getValue())));
            }
        }
    }

    private static List<String> row(List<String> place, long step, String metric, String value) {
        List<String> row = new ArrayList<>(place);
        row.addAll(List.of(Long.toString(step), metric, value));
        return row;
    }
}
