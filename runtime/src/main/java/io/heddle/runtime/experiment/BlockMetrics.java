package io.heddle.runtime.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured of a block, by names such as those of other metrics. */
final class BlockMetrics {
    private BlockMetrics() {}

    static Map<String, Double> of(BlockRow row) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("gradientNorm", row.gradientNorm());
        metrics.put("weightNorm", row.weightNorm());
        metrics.put("updateRatio", row.updateRatio());
        row.activation().ifPresent(activation -> metrics.put("activation", activation));
        return metrics;
    }
}
