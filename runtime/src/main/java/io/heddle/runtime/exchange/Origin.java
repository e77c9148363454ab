package io.heddle.runtime.exchange;

import java.util.List;

/**
 * Where another program keeps the numbers of a weight.
 *
 * @param tensors the tensor, or one for each row of the weight
 */
public record Origin(List<String> tensors, Arrangement arrangement) {
    /** Copies the names. */
    public Origin {
        tensors = List.copyOf(tensors);
    }
}
