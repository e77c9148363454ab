package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.DecodingRule;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.DecodingMessages;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may not be written, or hardly: {@link DecodingRule}s and {@link AllowedTokens} over the scores of one row. */
final class TokenRules {
    private final List<DecodingRule> rules;
    private final RuleTexts texts;
    private final Optional<AllowedTokens> allowed;
    private final int[] beginning;
    private final RequiredWords required;

    private TokenRules(List<DecodingRule> rules, RuleTexts texts, Optional<AllowedTokens> allowed) {
        this.rules = List.copyOf(rules);
        this.texts = texts;
        this.allowed = allowed;
        required = new RequiredWords(rules.stream()
                .filter(DecodingRule.Required.class::isInstance)
                .map(DecodingRule.Required.class::cast)
                .map(rule -> texts.ids(texts.names().required(), rule.getText()))
                .map(ids -> Arrays.stream(ids).boxed().toList())
                .toList());
        beginning = rules.stream()
                .filter(DecodingRule.Beginning.class::isInstance)
                .map(DecodingRule.Beginning.class::cast)
                .flatMapToInt(rule -> Arrays.stream(texts.ids(texts.names().beginning(), rule.getText())))
                .toArray();
        if (rules.stream().anyMatch(DecodingRule.Stop.class::isInstance)) {
            texts.words();
        }
    }

    static TokenRules of(List<DecodingRule> rules, Optional<Tokenizer> tokenizer, RuleNames names) {
        return new TokenRules(rules, new RuleTexts(tokenizer, names, Optional.empty()), Optional.empty());
    }

    /**
     * The same where words of a source may be copied: those that only the source has are written by its numbers.
     *
     * @throws ProblemsException when what shall be written has words that neither the vocabulary nor the source has
     */
    TokenRules over(SourceWords words) {
        return new TokenRules(rules, texts.over(words), allowed).known();
    }

    /**
     * The same rules, if all that they want can be written.
     *
     * @throws ProblemsException when what shall be written has words that nobody knows
     */
    TokenRules known() {
        List<Problem> problems = rules.stream()
                .flatMap(rule -> switch (rule) {
                    case DecodingRule.Beginning said ->
                            texts.unknown(texts.names().beginning(), said.getText()).stream();
                    case DecodingRule.Required said -> texts.unknown(texts.names().required(), said.getText()).stream();
                    case DecodingRule.NoRepeat _,DecodingRule.RepetitionPenalty _,DecodingRule.Stop _ -> Stream.empty();
                })
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return this;
    }

    /** With what a program allows beside them. */
    TokenRules and(AllowedTokens function) {
        return new TokenRules(rules, texts, Optional.of(function));
    }

    /**
     * Returns when what is asked for can be written.
     *
     * @throws ProblemsException when what it shall begin with, or all that is required, is longer
     */
    void require(int count) {
        if (beginning.length > count) {
            throw new ProblemsException(DecodingMessages.beginningIsLonger(beginning.length, count));
        }
        if (required.tokens() > count) {
            throw new ProblemsException(DecodingMessages.requiredIsLonger(required.tokens(), count));
        }
    }

    /**
     * Changes the scores of what may not be written to minus infinity.
     *
     * @param scores logits, or logarithms of probabilities
     * @param tokens what is there, the prompt included
     * @param start how many of them are the prompt's
     */
    void apply(double[] scores, List<Integer> tokens, int start) {
        List<Integer> written = tokens.subList(start, tokens.size());
        for (DecodingRule rule : rules) {
            switch (rule) {
                case DecodingRule.NoRepeat repeat -> forbidRepeats(scores, tokens, repeat.getLength());
                case DecodingRule.RepetitionPenalty penalty -> penalize(scores, tokens, penalty.getFactor());
                case DecodingRule.Beginning _,DecodingRule.Stop _,DecodingRule.Required _ -> {}
            }
        }
        if (written.size() < beginning.length) {
            keepOnly(scores, beginning[written.size()]);
        }
        allowed.ifPresent(function -> {
            for (int token = 0; token < scores.length; token++) {
                if (!function.allows(written, token)) {
                    scores[token] = Double.NEGATIVE_INFINITY;
                }
            }
        });
    }

    /**
     * Applies the rules to a row that has no other to fall back on.
     *
     * @return the scores
     * @throws ProblemsException when no token may be written
     */
    double[] applied(double[] scores, List<Integer> tokens, int start) {
        apply(scores, tokens, start);
        if (allowNothing(scores)) {
            throw nothingLeft(tokens.size() - start);
        }
        return scores;
    }

    /** Whether no token may be written by these scores. */
    static boolean allowNothing(double[] scores) {
        return Arrays.stream(scores).allMatch(score -> score == Double.NEGATIVE_INFINITY);
    }

    /** What must be written, as a search sees to. */
    RequiredWords required() {
        return required;
    }

    /** What is required was not found. */
    ProblemsException requiredIsMissing(int written) {
        return new ProblemsException(DecodingMessages.requiredIsMissing(required.tokens(), written));
    }

    /** No token may be written. */
    static ProblemsException nothingLeft(int written) {
        return new ProblemsException(DecodingMessages.nothingIsAllowed(written));
    }

    /** Whether what is written ends here, by a text to stop at. */
    boolean stop(List<Integer> tokens, int start) {
        return rules.stream().anyMatch(rule -> switch (rule) {
            case DecodingRule.Stop stop -> texts
                    .decode(tokens.stream().skip(start).mapToInt(Integer::intValue).toArray())
                    .contains(stop.getText());
            case DecodingRule.NoRepeat _,DecodingRule.RepetitionPenalty _,DecodingRule.Beginning _,DecodingRule.Required _ ->
                    false;
        });
    }

    private static void forbidRepeats(double[] scores, List<Integer> tokens, int length) {
        List<Integer> last = tokens.subList(Math.max(0, tokens.size() - length + 1), tokens.size());
        for (int first = 0; first + length <= tokens.size(); first++) {
            int next = tokens.get(first + length - 1);
            if (next < scores.length && tokens.subList(first, first + length - 1).equals(last)) {
                scores[next] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static void penalize(double[] scores, List<Integer> tokens, double factor) {
        for (int token : new HashSet<>(tokens)) {
            if (token < scores.length) {
                scores[token] = scores[token] > 0 ? scores[token] / factor : scores[token] * factor;
            }
        }
    }

    private static void keepOnly(double[] scores, int only) {
        for (int token = 0; token < scores.length; token++) {
            if (token != only) {
                scores[token] = Double.NEGATIVE_INFINITY;
            }
        }
    }
}
