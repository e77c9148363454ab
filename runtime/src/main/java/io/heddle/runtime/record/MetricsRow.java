package io.heddle.runtime.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of one step. Not every step has all of them: a validation loss is measured now and then.
 *
 * @param step the training step, counted from 0
 * @param metrics the values by name, in the order in which they were put
 */
public record MetricsRow(long step, Map<String, Metric> metrics) {
    /** Keeps the metrics from changing later. */
    public MetricsRow {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** A row without metrics. */
    public static MetricsRow at(long step) {
        return new MetricsRow(step, Map.of());
    }

    /** This row with a measured number. */
    public MetricsRow with(String name, double value) {
        return with(name, Metric.of(value));
    }

    /** This row with a count. */
    public MetricsRow with(String name, long value) {
        return with(name, Metric.of(value));
    }

    private MetricsRow with(String name, Metric metric) {
        Map<String, Metric> more = new LinkedHashMap<>(metrics);
        more.put(name, metric);
        return new MetricsRow(step, more);
    }

    /** The metric of this name; empty when it was not measured at this step. */
    public Optional<Metric> metric(String name) {
        return Optional.ofNullable(metrics.get(name));
    }
}
