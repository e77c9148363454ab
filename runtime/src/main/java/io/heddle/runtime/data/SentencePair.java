package io.heddle.runtime.data;

/**
 * Two sentences that mean the same.
 *
 * @param line the line of their file or files, from 1
 */
public record SentencePair(int line, String source, String target) {}
