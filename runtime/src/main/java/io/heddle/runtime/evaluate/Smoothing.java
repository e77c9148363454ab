package io.heddle.runtime.evaluate;

/**
 * What BLEU does about an n-gram order of which nothing matched, where the plain formula takes the logarithm of 0.
 *
 * <p>Source: Chen and Cherry, "A systematic comparison of smoothing techniques for sentence-level BLEU", WMT 2014.
 */
public sealed interface Smoothing {
    /** Nothing: the score is 0. */
    record None() implements Smoothing {}

    /**
     * Method 1: the number of matches is taken to be a small number.
     *
     * @param matches what 0 matches count as; sacreBLEU's default is 0.1
     */
    record Floor(double matches) implements Smoothing {}

    /**
     * Method 2: a number is added to matches and totals of all orders above 1.
     *
     * @param added what is added; sacreBLEU's default is 1
     */
    record Add(double added) implements Smoothing {}

    /** Method 3, of NIST's mteval-v13a: the k-th order without matches counts 1 / 2^k of a match. sacreBLEU's default. */
    record Exponential() implements Smoothing {}
}
