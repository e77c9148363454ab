package io.heddle.runtime.generate;

/**
 * How a draft has done.
 *
 * @param passes how often the model has read, after the prompt
 * @param tokens how many tokens were written
 * @param tested how many tokens of the draft the model has judged: those before the first that it refused, and that one
 * @param accepted how many of them it has taken over
 */
public record DraftCounts(int passes, int tokens, int tested, int accepted) {
    /** The share of tested tokens that were accepted, the paper's alpha; 0 where none was tested. */
    public double acceptance() {
        return tested == 0 ? 0 : (double) accepted / tested;
    }

    /** How many tokens a pass of the model has written; 1 is what it writes alone. */
    public double tokensPerPass() {
        return passes == 0 ? 0 : (double) tokens / passes;
    }
}
