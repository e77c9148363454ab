package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of files that should hold a tokenizer. */
public final class TokenizerFileMessages {
    private TokenizerFileMessages() {}

    /** It holds something else. */
    public static Problem noObject(String file) {
        return new Problem(file, "the file is no tokenizer: its JSON is not an object", "Name a tokenizer.json.");
    }

    /** It cannot be read as JSON. */
    public static Problem noJson(String file) {
        return new Problem(file, "the file is not JSON", "Copy the file again from where the tokenizer came from.");
    }

    /** It is of another version. */
    public static Problem otherFormat(String file, String format, String known) {
        return new Problem(
                file + " $.format",
                "the format \"" + format + "\" is unknown",
                "This version of Heddle reads \"" + known + "\"; a later one may have written the file.");
    }

    /** It is of another kind. */
    public static Problem otherKind(String file, String kind, List<String> kinds) {
        return new Problem(
                file + " $.kind",
                "the kind of tokenizer \"" + kind + "\" is unknown",
                "The kinds are " + listed(kinds) + ".");
    }

    /** It says what this kind does not have. */
    public static Problem unknownKey(String file, String name, List<String> keys) {
        return new Problem(
                file + " $." + name,
                "the key is unknown",
                "A tokenizer of this kind has the keys " + listed(keys) + ".");
    }

    /** A string belongs here. */
    public static Problem noString(String file, String key) {
        return expected(file, key, "a string");
    }

    /** A list belongs here. */
    public static Problem noList(String file, String key) {
        return expected(file, key, "a list");
    }

    /** A word comes twice. */
    public static Problem repeatedWords(String file, String key) {
        return expected(file, key, "a list without repeated words");
    }

    /** Other special tokens belong here. */
    public static Problem otherSpecial(String file, String key, List<String> special) {
        return expected(file, key, "the list " + special);
    }

    /** The characters are not in order. */
    public static Problem otherCharacter(String file, String key) {
        return expected(file, key, "one character, after the one before it in Unicode,");
    }

    /** A model of Hugging Face's tokenizers belongs here. */
    public static Problem noModel(String file, String key) {
        return expected(file, key, "a tokenizer's model");
    }

    /** A vocabulary of Hugging Face's tokenizers belongs here. */
    public static Problem noVocabulary(String file, String key) {
        return expected(file, key, "a vocabulary");
    }

    private static Problem expected(String file, String key, String what) {
        return new Problem(
                file + " $." + key,
                what + " is expected here",
                "Copy the file again from the checkpoint that the tokenizer came from.");
    }

    /** Hugging Face's library does not read it. */
    public static Problem refused(String file, String cause) {
        return new Problem(
                file,
                "the file is no tokenizer of Hugging Face's tokenizers",
                List.of(new Fact("its library says", cause)),
                "Use the tokenizer.json that belongs to the model, or one that its tokenizers library has saved.");
    }

    /** A vocabulary of llama2.c is something else. */
    public static Problem noPieces(String file) {
        return new Problem(
                file,
                "the file is no vocabulary: its JSON is not a list",
                "Name a file of the form [{\"id\": 0, \"piece\": \"<unk>\", \"score\": 0.0}, ...].");
    }

    /** An entry of a vocabulary of llama2.c is something else. */
    public static Problem noPiece(String place, int id) {
        return new Problem(
                place + "[" + id + "]",
                "a piece with its score is expected here",
                "It is written {\"piece\": \"he\", \"score\": -1.0}, bytes of the piece as Latin-1.");
    }

    /** A vocabulary of llama2.c lacks a byte. */
    public static Problem noByte(String place, int id, String piece) {
        return new Problem(
                place + "[" + id + "]",
                "the piece " + piece + " is expected here",
                "A vocabulary of llama2.c begins with <unk>, <s>, </s> and the 256 bytes.");
    }

    /** A vocabulary of llama2.c lacks what every text begins with. */
    public static Problem noSpace(String place) {
        return new Problem(
                place,
                "there is no piece for a space",
                "A text is encoded with a space before it: use a vocabulary that has one.");
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
