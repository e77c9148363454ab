package io.heddle.runtime.train.data;

import io.heddle.recipe.Tokenization;
import io.heddle.runtime.data.tokenizer.CharacterTokenizer;
import io.heddle.runtime.data.tokenizer.EndingTokenizer;
import io.heddle.runtime.data.tokenizer.HuggingFaceTokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.WordTokenizer;
import java.nio.file.Path;
import java.util.List;

/** The tokenizers that a recipe says, made of what is learned from. */
final class LearnedTokenizers {
    private LearnedTokenizers() {}

    /**
     * A tokenizer of sentences, with tokens for what begins, ends and fills them up.
     *
     * @param base what a relative path is relative to
     */
    static Tokenizer ofSentences(Tokenization said, List<String> sentences, Path base) {
        return switch (said) {
            case Tokenization.Characters _ -> CharacterTokenizer.ofSentences(sentences);
            case Tokenization.Words words -> WordTokenizer.of(sentences, words.getMinimum());
            case Tokenization.WordsAndEndings words -> EndingTokenizer.of(sentences, words.getMinimum());
            case Tokenization.BytePairEncoding pairs -> HuggingFaceTokenizer.learn(sentences, pairs.getVocabulary());
            case Tokenization.File file -> Tokenizer.load(base.resolve(file.getPath()));
        };
    }

    /**
     * A tokenizer of texts that run on.
     *
     * @param base what a relative path is relative to
     */
    static Tokenizer ofTexts(Tokenization said, List<String> texts, Path base) {
        return switch (said) {
            case Tokenization.Characters _ -> CharacterTokenizer.of(String.join("", texts));
            case Tokenization.Words _,Tokenization.WordsAndEndings _,Tokenization.BytePairEncoding _,Tokenization.File _ ->
                    ofSentences(said, texts, base);
        };
    }
}
