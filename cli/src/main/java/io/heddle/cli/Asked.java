package io.heddle.cli;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.generate.Prompts;
import java.util.function.BooleanSupplier;

/**
 * What a model is asked to write.
 *
 * @param prompt what to go on after, or to answer
 * @param prompts says what prompts are, and where they come from
 * @param tokens how many tokens are written at most
 * @param seed decides what is drawn
 * @param stop asked before each token: whether somebody wants no more
 */
record Asked(String prompt, Prompts prompts, int tokens, Decoding decoding, long seed, BooleanSupplier stop) {}
