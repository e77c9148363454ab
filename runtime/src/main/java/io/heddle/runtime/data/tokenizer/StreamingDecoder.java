package io.heddle.runtime.data.tokenizer;

/**
 * Turns token ids into text while they are being generated, one at a time.
 *
 * <p>What it returns, joined, is the text of all ids; it never returns a part of a character. A token that ends inside
 * a character gives what is before it, and the character comes with the token that completes it. Feed it the prompt's
 * ids too (and drop what they give), so that the space between prompt and continuation is right.
 */
public interface StreamingDecoder {
    /** The text that {@code id} completes; often empty for tokens that are bytes of a longer character. */
    String next(int id);

    /** What is left when no more ids come: empty, or U+FFFD for a character that was never completed. */
    String finish();
}
