package io.heddle.runtime.attention;

import io.heddle.rules.AttentionPlace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the heads of one attention looked at while a text was read.
 *
 * @param queries which positions looked
 * @param keys what they looked at
 * @param weights {@code [heads, queries, keys]}: the softmax of the scores, so that rows sum to 1
 */
public record RecordedAttention(AttentionPlace place, AttentionAxis queries, AttentionAxis keys, INDArray weights) {
    /** How many heads looked. */
    public int heads() {
        return Math.toIntExact(weights.size(0));
    }

    /** What each query of a head gave to each key: a row a query. */
    public float[][] head(int head) {
        return weights.slice(head).toFloatMatrix();
    }
}
