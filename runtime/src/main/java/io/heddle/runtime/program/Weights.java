package io.heddle.runtime.program;

import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.Tensor;

/** What a graph reads as its weights: numbers that can be trained, or those rounded to be read only. */
public sealed interface Weights permits ParameterBuffer, RoundedWeights {
    /** Which weights there are; for rounded ones, where they stood before. */
    ParameterLayout layout();

    /** What is computed with them. */
    Precision precision();

    /**
     * Where the numbers of one weight are.
     *
     * @throws java.util.NoSuchElementException when there is none of this name
     */
    Tensor place(String name);
}
