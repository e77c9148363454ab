package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of tokenizers that cannot be made, or do not know what they are given. */
public final class TokenizerMessages {
    private TokenizerMessages() {}

    /** No word is frequent enough. */
    public static Problem noWord(int minimumFrequency) {
        return new Problem(
                "tokenizer",
                "no word comes " + Counts.of(minimumFrequency, "time", "times") + " or more in the training data",
                "Give more text, or a smaller minimum frequency.");
    }

    /** There is no character. */
    public static Problem noCharacter() {
        return new Problem(
                "tokenizer",
                "there are no characters to make a vocabulary of",
                "Give the text that the model is to be trained on.");
    }

    /**
     * A vocabulary that is to be learned is smaller than what it begins with.
     *
     * @param characters how many different ones the text has
     * @param special how many tokens stand for no text
     */
    public static Problem noRoomForCharacters(int vocabulary, int characters, int special) {
        return new Problem(
                "tokenizer",
                "a vocabulary of " + Counts.of(vocabulary, "token", "tokens")
                        + " has no room for the characters of the training data",
                List.of(new Fact(
                        "needed",
                        Counts.of(characters, "character", "characters") + " and "
                                + Counts.of(special, "special token", "special tokens"))),
                "Say Tokenization.BytePairEncoding(vocabulary = N) with more than " + (characters + special)
                        + ", or leave rare characters out of the training data.");
    }

    /**
     * A character has no token.
     *
     * @param known how many characters have one
     * @param shown those of them that are shown
     */
    public static Problem unknownCharacter(String place, String character, int known, String shown) {
        return new Problem(
                place,
                character + " is not in the vocabulary",
                List.of(new Fact("vocabulary", Counts.of(known, "character", "characters") + ": " + shown)),
                "Leave the character out, write it with characters of the vocabulary, or train on text that has it.");
    }

    /** A token has no text. */
    public static Problem unknownToken(int id, int vocabulary) {
        return new Problem(
                "tokenizer",
                "token " + id + " is outside the tokenizer's vocabulary",
                List.of(new Fact("vocabulary", Counts.of(vocabulary, "token", "tokens"))),
                "Use the tokenizer that the model was trained with, or a model with tokens(vocab = " + vocabulary
                        + ").");
    }
}
