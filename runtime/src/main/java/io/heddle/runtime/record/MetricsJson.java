package io.heddle.runtime.record;

import java.util.LinkedHashMap;
import java.util.Map;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/**
 * Metrics as JSON lines: {@code {"step":250,"loss":2.445,"tokens":192000}}.
 *
 * <p>JSON has no NaN and no infinities, so they are the strings {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}; Java's, JavaScript's and Python's number parsers read those words.
 */
final class MetricsJson {
    private MetricsJson() {}

    static String line(MetricsRow row) {
        StringBuilder line = new StringBuilder("{\"step\":").append(row.step());
        row.metrics().forEach((name, metric) -> line.append(',')
                .append(JsonElementKt.JsonPrimitive(name))
                .append(':')
                .append(Double.isFinite(metric.asDouble()) ? metric.text() : "\"" + metric.text() + "\""));
        return line.append('}').toString();
    }

    /**
     * The row that a line holds.
     *
     * @throws IllegalArgumentException when it is not an object of numbers with a step
     */
    static MetricsRow parse(String line) {
        JsonElement element;
        try {
            element = Json.Default.parseToJsonElement(line);
        } catch (SerializationException malformed) {
            throw new IllegalArgumentException("it is not JSON", malformed);
        }
        if (!(element instanceof JsonObject object)
                || !(object.get(MetricsCsv.STEP) instanceof JsonPrimitive step)) {
            throw new IllegalArgumentException("it is not an object with a step");
        }
        Map<String, Metric> metrics = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (!(value instanceof JsonPrimitive number)) {
                throw new IllegalArgumentException("\"" + name + "\" is no number");
            }
            if (!name.equals(MetricsCsv.STEP)) {
                metrics.put(name, Metric.parse(number.getContent()));
            }
        });
        return new MetricsRow(Long.parseLong(step.getContent()), metrics);
    }
}
