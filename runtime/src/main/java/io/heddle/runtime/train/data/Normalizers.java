package io.heddle.runtime.train.data;

/**
 * What summed losses are multiplied by.
 *
 * @param words 1 over the number of real labels of a step
 * @param lengths 1 over the number of labels of how many words there are; 0 leaves these out of the loss
 */
public record Normalizers(double words, double lengths) {}
