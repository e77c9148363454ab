package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of decodings that cannot be done. */
public final class DecodingMessages {
    private static final String PLACE = "decoding";

    private DecodingMessages() {}

    /** What shall stand at the beginning has more tokens than there may be. */
    public static Problem beginningIsLonger(int beginning, int tokens) {
        return new Problem(
                PLACE,
                "what shall be written is longer than what may be",
                List.of(
                        new Fact("tokens of the beginning", String.valueOf(beginning)),
                        new Fact("tokens", String.valueOf(tokens))),
                "Allow more tokens, or give a shorter beginning.");
    }

    /** There is one answer, and none to choose from. */
    public static Problem nothingToScore(String model) {
        return new Problem(
                PLACE,
                "there is nothing for another model to choose from",
                List.of(new Fact("model", model)),
                "Answers of several lengths are scored, of a model that writes all words at once: say --lengths 5.");
    }

    /** What shall score answers cannot. */
    public static Problem scorerAnswersNothing(String scorer) {
        return new Problem(
                PLACE,
                "the model that is to score does not answer sources word by word",
                List.of(new Fact("model", scorer)),
                "Name one that reads a source, and whose decoder is causal.");
    }

    /** What shall score answers reads other tokens than those that are written. */
    public static Problem scorerHasOtherTokens(String scorer, int its, int written) {
        return new Problem(
                PLACE,
                "the model that is to score has other tokens than the one that writes",
                List.of(
                        new Fact("model", scorer),
                        new Fact("its tokens", String.valueOf(its)),
                        new Fact("tokens that are written", String.valueOf(written))),
                "Train both on the same data, by the same tokenizer.");
    }

    /** An answer is longer than what is to score it reads. */
    public static Problem scorerIsShorter(String scorer, int read, String input, int positions) {
        return new Problem(
                PLACE,
                "an answer is longer than the model that is to score has positions",
                List.of(
                        new Fact("tokens read of the answer", read + ", the begin token included"),
                        new Fact("model", scorer),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Allow fewer tokens, " + (positions - 1)
                        + " at most, or name a model that was trained with more positions.");
    }

    /** What must be written has more tokens than there may be. */
    public static Problem requiredIsLonger(int required, int tokens) {
        return new Problem(
                PLACE,
                "what is required is longer than what may be written",
                List.of(
                        new Fact("tokens required", String.valueOf(required)),
                        new Fact("tokens", String.valueOf(tokens))),
                "Allow more tokens, or require less.");
    }

    /** A search has found nothing that has all that is required. */
    public static Problem requiredIsMissing(int required, int written) {
        return new Problem(
                PLACE,
                "nothing was found that has all that is required",
                List.of(
                        new Fact("tokens required", String.valueOf(required)),
                        new Fact("tokens written", String.valueOf(written))),
                "Allow more tokens, take a wider beam, or leave out a rule that is in the way.");
    }

    /** Several attentions are called so. */
    public static Problem severalCover(String said, int count) {
        return new Problem(
                PLACE,
                "the coverage of a source is told by one attention",
                List.of(new Fact("attentions called " + said, String.valueOf(count))),
                "Name one: the last cross-attention of a decoder, or one that was guided.");
    }

    /** An attention does not look at words of a source. */
    public static Problem coversNoSource(String path) {
        return new Problem(
                path,
                "it does not say how much of each word of a source is looked at",
                "Name a cross-attention whose method is softmax, topK or hashed.");
    }

    /**
     * A word that shall be written is in no vocabulary.
     *
     * @param rule what asks for it: {@code beginning}, or {@code --begin}
     * @param text what was asked for
     */
    public static Problem unknownWord(String rule, String text, String word, int vocabulary) {
        return new Problem(
                PLACE,
                "\"" + word + "\" shall be written, and is not in the vocabulary",
                List.of(
                        new Fact(rule, "\"" + text + "\""),
                        new Fact("tokens of the vocabulary", String.valueOf(vocabulary))),
                "Say it by words that the training's data has, spelled as there.");
    }

    /**
     * The same where words of the source may be copied.
     *
     * @param rule what asks for it: {@code beginning}, or {@code --begin}
     * @param text what was asked for
     * @param source what is answered
     */
    public static Problem neitherKnownNorRead(String rule, String text, String word, String source) {
        return new Problem(
                PLACE,
                "\"" + word + "\" shall be written, and is neither in the vocabulary nor in the source",
                List.of(new Fact(rule, "\"" + text + "\""), new Fact("source", "\"" + source + "\"")),
                "Say it by words of this source, or by such as the training's data has.");
    }

    /** All tokens are forbidden. */
    public static Problem nothingIsAllowed(int written) {
        return new Problem(
                PLACE,
                "the rules allow no token",
                List.of(new Fact("tokens written", String.valueOf(written))),
                "Leave one of them out, or let it allow more.");
    }
}
