package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.WordVocabulary;
import io.heddle.runtime.messages.DecodingMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The texts of rules, as tokens, and tokens as texts.
 *
 * @param tokenizer of what is written; empty where no rule has a text
 * @param names of the rules that texts are of
 * @param source whose words may be copied; empty where nothing is, or before the source is known
 */
record RuleTexts(Optional<Tokenizer> tokenizer, RuleNames names, Optional<SourceWords> source) {
    private static final int SHOWN = 40;

    RuleTexts over(SourceWords words) {
        return new RuleTexts(tokenizer, names, Optional.of(words));
    }

    /** The tokenizer of what is written. */
    Tokenizer words() {
        return tokenizer.orElseThrow(
                () -> new IllegalArgumentException("Rules with texts need a tokenizer: see Generator.of."));
    }

    /** The tokens of a text; a word that the vocabulary lacks is the source's, where that has it. */
    int[] ids(String rule, String text) {
        int[] ids = words().encode(text, TextOrigin.startOf(rule));
        return source.map(words -> words.labels(text, ids)).orElse(ids);
    }

    /** What was written. */
    String decode(int[] ids) {
        return source.map(words -> words.decode(ids)).orElseGet(() -> words().decode(ids));
    }

    /** A problem for each word of a text that would be written as one that nobody knows. */
    List<Problem> unknown(String rule, String text) {
        List<Problem> problems = new ArrayList<>();
        int[] ids = ids(rule, text);
        for (int place = 0; place < ids.length; place++) {
            if (ids[place] < words().vocabularySize()
                    && words().unknown(ids[place]).equals(OptionalInt.of(ids[place]))) {
                // Pieces of words have no words of their own to name: the whole text is told.
                String word = words() instanceof WordVocabulary known ? known.words(text).get(place) : text;
                problems.add(source.map(words -> DecodingMessages.neitherKnownNorRead(
                        rule, text, word, shown(words.text())))
                        .orElseGet(() -> DecodingMessages.unknownWord(
                                rule, text, word, words().vocabularySize())));
            }
        }
        return problems;
    }

    private static String shown(String text) {
        int characters = text.codePointCount(0, text.length());
        return characters <= SHOWN ? text : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
    }
}
