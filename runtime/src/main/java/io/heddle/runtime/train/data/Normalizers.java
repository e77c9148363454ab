package io.heddle.runtime.train.data;

/**
 * What summed losses are multiplied by.
 *
 * @param words 1 over the number of real labels of a step
 * @param lengths 1 over the number of its rows, where each has a foretold length; 0 leaves lengths out of the loss
 */
public record Normalizers(double words, double lengths) {}
