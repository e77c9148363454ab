package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.experiment.Trial;
import io.heddle.runtime.attention.RecordedAttention;
import java.util.List;
import java.util.Map;

/**
 * What a variant looks at while it reads a held-out example.
 *
 * @param trial that trained its weights
 * @param attentions that were recorded
 * @param pieces what a reader sees of each token, by the input that reads it
 * @param missing why others were not
 */
public record VariantAttentions(
        Trial trial, List<RecordedAttention> attentions, Map<String, List<String>> pieces, List<Problem> missing) {
    /** Keeps what is in it from changing later. */
    public VariantAttentions {
        attentions = List.copyOf(attentions);
        pieces = Map.copyOf(pieces);
        missing = List.copyOf(missing);
    }
}
