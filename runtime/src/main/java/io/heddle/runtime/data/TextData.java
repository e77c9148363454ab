package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.DataMessages;
import java.util.List;

/**
 * Running text as token ids, in a part to train on and a part to validate with.
 *
 * @param training what batches are drawn from
 * @param validation what the model is measured on; empty when all text is for training
 */
public record TextData(TokenStream training, TokenStream validation) {
    /**
     * One text, cut once: the first characters (Unicode code points) of all files together train, the rest validates.
     * nanoGPT's {@code data/shakespeare_char/prepare.py} does so with 0.9. Each part, and each file, is encoded by
     * itself.
     *
     * @param trainingFraction above 0 and at most 1; the cut is at {@code (int) (characters * trainingFraction)}
     * @throws ProblemsException when the fraction is outside its bounds, or the tokenizer has no token for a character
     */
    public static TextData split(List<TextFile> files, Tokenizer tokenizer, double trainingFraction) {
        if (!(trainingFraction > 0 && trainingFraction <= 1)) {
            throw new ProblemsException(DataMessages.otherFraction(trainingFraction));
        }
        long characters = 0;
        for (TextFile file : files) {
            characters += file.text().codePointCount(0, file.text().length());
        }
        long left = (long) (characters * trainingFraction);
        Encoder training = new Encoder("training", tokenizer);
        Encoder validation = new Encoder("validation", tokenizer);
        ProblemList problems = new ProblemList();
        for (TextFile file : files) {
            String text = file.text();
            int length = text.codePointCount(0, text.length());
            int cut = left >= length ? text.length() : text.offsetByCodePoints(0, (int) left);
            left = Math.max(0, left - length);
            training.add(text.substring(0, cut), file.origin(), problems);
            validation.add(text.substring(cut), file.origin().after(text, cut), problems);
        }
        problems.throwIfAny();
        return new TextData(training.stream(), validation.stream());
    }

    /**
     * Files to train on and files to validate with.
     *
     * @throws ProblemsException when the tokenizer has no token for a character
     */
    public static TextData of(List<TextFile> training, List<TextFile> validation, Tokenizer tokenizer) {
        ProblemList problems = new ProblemList();
        Encoder first = new Encoder("training", tokenizer);
        Encoder second = new Encoder("validation", tokenizer);
        training.forEach(file -> first.add(file.text(), file.origin(), problems));
        validation.forEach(file -> second.add(file.text(), file.origin(), problems));
        problems.throwIfAny();
        return new TextData(first.stream(), second.stream());
    }

    /**
     * Returns when a model with that many tokens can read both parts.
     *
     * @throws ProblemsException naming the first token outside in each part
     */
    public void requireVocabulary(int vocabularySize) {
        ProblemList problems = new ProblemList();
        for (TokenStream part : List.of(training, validation)) {
            part.vocabularyProblem(vocabularySize).ifPresent(problems::add);
        }
        problems.throwIfAny();
    }

    /** What tells this text from another; see {@link DataMark}. */
    public DataMark mark(String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        training.addTo(mark);
        validation.addTo(mark);
        return mark.mark(sizes);
    }

    private static final class Encoder {
        private final TokenStream.Builder tokens;
        private final Tokenizer tokenizer;

        Encoder(String part, Tokenizer tokenizer) {
            this.tokenizer = tokenizer;
            this.tokens = new TokenStream.Builder(part, tokenizer);
        }

        void add(String text, TextOrigin origin, ProblemList problems) {
            if (text.isEmpty()) {
                return;
            }
            try {
                tokens.add(tokenizer.encode(text, origin), origin);
            } catch (ProblemsException thrown) {
                problems.addAll(thrown);
            }
        }

        TokenStream stream() {
            return tokens.build();
        }
    }
}
