package io.heddle.runtime.data.tokenizer;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerFileMessages;
import io.heddle.runtime.messages.TokenizerMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * One token a character (Unicode code point); the vocabulary is the sorted set of characters of a text, so that ids are
 * those of nanoGPT's {@code data/shakespeare_char/prepare.py}.
 *
 * <p>For running text it has no special tokens. For sentences, {@code <pad>}, {@code <s>} and {@code </s>} come after the
 * characters.
 */
public final class CharacterTokenizer implements Tokenizer {
    static final String KIND = "characters";

    private static final List<String> SPECIAL_TOKENS = List.of("<pad>", "<s>", "</s>");

    /** What is read and written with it. */
    private enum Use {
        TEXT, SENTENCES
    }

    private final int[] characters;
    private final Use use;

    private CharacterTokenizer(int[] sortedCharacters, Use use) {
        this.characters = sortedCharacters;
        this.use = use;
    }

    /**
     * The tokenizer whose vocabulary is every character of {@code text}, without special tokens. Unpaired surrogates are no
     * characters.
     */
    public static CharacterTokenizer of(String text) {
        return of(text, Use.TEXT);
    }

    /** The tokenizer whose vocabulary is every character of {@code sentences}, and the special tokens that pairs need. */
    public static CharacterTokenizer ofSentences(Iterable<String> sentences) {
        return of(String.join("", sentences), Use.SENTENCES);
    }

    private static CharacterTokenizer of(String text, Use use) {
        int[] characters = text.codePoints().filter(CharacterTokenizer::isCharacter).distinct().sorted().toArray();
        if (characters.length == 0) {
            throw new ProblemsException(TokenizerMessages.noCharacter());
        }
        return new CharacterTokenizer(characters, use);
    }

    @Override
    public int[] encode(String text, TextOrigin origin) {
        int[] ids = new int[text.codePointCount(0, text.length())];
        ProblemList problems = new ProblemList();
        BitSet told = new BitSet();
        int offset = 0;
        for (int index = 0; index < ids.length; index++) {
            int character = text.codePointAt(offset);
            ids[index] = Arrays.binarySearch(characters, character);
            if (ids[index] < 0 && !told.get(character)) {
                told.set(character);
                problems.add(unknown(character, origin.after(text, offset)));
            }
            offset += Character.charCount(character);
        }
        problems.throwIfAny();
        return ids;
    }

    private Problem unknown(int character, TextOrigin where) {
        return TokenizerMessages.unknownCharacter(where.place(), CharacterNames.of(character), characters.length,
                shown());
    }

    private String shown() {
        String shown = IntStream.of(characters).limit(100).mapToObj(CharacterNames::shown)
                .reduce("", String::concat);
        return shown + (characters.length > 100 ? "..." : "");
    }

    @Override
    public StreamingDecoder streamingDecoder() {
        return new StreamingDecoder() {
            @Override
            public String next(int id) {
                return requireKnown(id) < characters.length ? Character.toString(characters[id]) : "";
            }

            @Override
            public String finish() {
                return "";
            }
        };
    }

    @Override
    public int vocabularySize() {
        return characters.length + switch (use) {
            case TEXT -> 0;
            case SENTENCES -> SPECIAL_TOKENS.size();
        };
    }

    @Override
    public SpecialIds specialIds() {
        int first = characters.length;
        return switch (use) {
            case TEXT -> SpecialIds.NONE;
            case SENTENCES -> new SpecialIds(
                    OptionalInt.of(first), OptionalInt.of(first + 1), OptionalInt.of(first + 2), OptionalInt.empty());
        };
    }

    @Override
    public void save(Path folder) throws IOException {
        List<String> vocabulary = IntStream.of(characters).mapToObj(Character::toString).toList();
        switch (use) {
            case TEXT -> TokenizerJson.writeStrings(folder, KIND, Map.of("vocabulary", vocabulary));
            case SENTENCES -> {
                SequencedMap<String, List<String>> lists = new LinkedHashMap<>();
                lists.put("vocabulary", vocabulary);
                lists.put("special", SPECIAL_TOKENS);
                TokenizerJson.writeStrings(folder, KIND, lists);
            }
        }
    }

    static CharacterTokenizer fromJson(TokenizerJson json) {
        json.requireKeys("vocabulary", "special");
        Use use = json.root().containsKey("special") ? Use.SENTENCES : Use.TEXT;
        if (use == Use.SENTENCES && !json.strings("special").equals(SPECIAL_TOKENS)) {
            throw new ProblemsException(
                    TokenizerFileMessages.otherSpecial(json.file(), "special", SPECIAL_TOKENS));
        }
        List<String> vocabulary = json.strings("vocabulary");
        int[] characters = vocabulary.stream().mapToInt(entry -> entry.isEmpty() ? -1 : entry.codePointAt(0)).toArray();
        for (int index = 0; index < characters.length; index++) {
            // Ids are places in the list, and encoding searches it: a list in another order would give other ids.
            boolean whole =
                    characters[index] >= 0 && vocabulary.get(index).equals(Character.toString(characters[index]));
            if (!whole || (index > 0 && characters[index] <= characters[index - 1])) {
                throw new ProblemsException(
                        TokenizerFileMessages.otherCharacter(json.file(), "vocabulary[" + index + "]"));
            }
        }
        return new CharacterTokenizer(characters, use);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharacterTokenizer that && use == that.use
                && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(characters) + use.hashCode();
    }

    private static boolean isCharacter(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }
}
