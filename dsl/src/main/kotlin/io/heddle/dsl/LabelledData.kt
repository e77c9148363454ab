package io.heddle.dsl

import io.heddle.recipe.Columns
import io.heddle.recipe.Data
import io.heddle.recipe.Tokenization
import kotlin.jvm.JvmSynthetic

/**
 * Texts with a class each, from a file to learn from and one to measure on. In each line stand a text, a tab and its
 * class, unless [columns] says otherwise; of texts longer than [maximumLength] tokens the beginning is read.
 *
 * @param classes what the classes are called in the files, in the order of the model's classes
 * @param wordDropout the share of the tokens to learn from that are read as unknown words, drawn anew each time
 */
@JvmSynthetic
public fun labelledTexts(
    training: String,
    validation: String,
    classes: List<String>,
    tokenizer: Tokenization = Tokenization.Words(LEARNED_WORD),
    columns: Columns = Columns.Numbered(1, 2),
    maximumLength: Int = 256,
    wordDropout: Double = 0.0,
): Data = Data.LabelledTexts(training, validation, columns, classes, tokenizer, maximumLength, wordDropout)

/**
 * Sentences with a tag for each word, from a file to learn from and one to measure on. In each line stand a word, a tab
 * and its tag, unless [columns] says otherwise, and behind each sentence is an empty line.
 *
 * @param tags what the tags are called in the files, in the order of the model's classes
 * @param wordDropout the share of the tokens to learn from that are read as unknown words, drawn anew each time
 */
@JvmSynthetic
public fun taggedWords(
    training: String,
    validation: String,
    tags: List<String>,
    tokenizer: Tokenization = Tokenization.WordsAndEndings(LEARNED_WORD),
    columns: Columns.Numbered = Columns.Numbered(1, 2),
    maximumLength: Int = 256,
    wordDropout: Double = 0.0,
): Data = Data.TaggedWords(training, validation, columns, tags, tokenizer, maximumLength, wordDropout)

/**
 * Running text from UTF-8 [files], in sequences of [context] tokens, of which a [share] is hidden, to be filled in. The
 * model's vocabulary has one token more than the text: the mask.
 */
@JvmSynthetic
public fun maskedText(
    vararg files: String,
    context: Int,
    tokenizer: Tokenization = Tokenization.Characters,
    validation: Double = 0.1,
    share: Double = 0.15,
): Data = Data.MaskedText(files.toList(), context, tokenizer, validation, share)

/** How often a word comes that is learned as one of its own; rarer ones teach what unknown words are like. */
private const val LEARNED_WORD = 2
