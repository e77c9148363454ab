package io.heddle.runtime.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is measured beside the loss, in percent. More is better, but of the rates of edits and errors, where less is. */
public enum Measure {
    /** Of what a model writes. */
    BLEU("bleu", "bleu", "BLEU", ""),
    /** Of what a model writes; see {@link io.heddle.runtime.evaluate.ChrF}. */
    CHRF("chrf", "chrF", "chrF", ""),
    /** chrF with n-grams of words. */
    CHRF_WITH_WORDS("chrf++", "chrFWithWords", "chrF++", ""),
    /** Of what a model writes; see {@link io.heddle.runtime.evaluate.Ter}. */
    TRANSLATION_EDIT_RATE("ter", "translationEditRate", "TER", ""),
    /** The F-score of words; see {@link io.heddle.runtime.evaluate.Rouge}. */
    ROUGE_1("rouge-1", "rouge1", "ROUGE-1", ""),
    /** The F-score of pairs of words. */
    ROUGE_2("rouge-2", "rouge2", "ROUGE-2", ""),
    /** The F-score of longest common subsequences. */
    ROUGE_L("rouge-l", "rougeL", "ROUGE-L", ""),
    /** Of what a model writes; see {@link io.heddle.runtime.evaluate.ErrorRate}. */
    WORD_ERROR_RATE("wer", "wordErrorRate", "WER", " %"),
    /** Of what a model writes. */
    CHARACTER_ERROR_RATE("cer", "characterErrorRate", "CER", " %"),
    /** The share of lines that are written as they should be. */
    EXACT_MATCH("exact-match", "exactMatch", "exact match", " %"),
    /** The share of labels that have the highest score. */
    ACCURACY("accuracy", "accuracy", "accuracy", " %"),
    /** Of entities; see {@link io.heddle.runtime.evaluate.Entities}. */
    PRECISION("precision", "precision", "precision", " %"),
    /** Of entities. */
    RECALL("recall", "recall", "recall", " %"),
    /** Of entities. */
    F1("f1", "f1", "F1", " %"),
    /** Of boxes; see {@link io.heddle.runtime.evaluate.MeanAveragePrecision}. */
    MEAN_AVERAGE_PRECISION("map", "meanAveragePrecision", "mAP", " %"),
    /** Of boxes, at an overlap of one half. */
    MEAN_AVERAGE_PRECISION_AT_HALF("map50", "meanAveragePrecisionAtHalf", "mAP50", " %");

    private final String word;
    private final String column;
    private final String title;
    private final String unit;

    Measure(String word, String column, String title, String unit) {
        this.word = word;
        this.column = column;
        this.title = title;
        this.unit = unit;
    }

    /** The measure that command lines call so. */
    public static Optional<Measure> named(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word.equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What command lines call it. */
    public String word() {
        return word;
    }

    /** What a record of metrics calls it. */
    public String column() {
        return column;
    }

    /** What reports call it. */
    public String title() {
        return title;
    }

    /** A value as reports show it: {@code accuracy 81.4 %}. */
    public String told(double value) {
        return String.format(Locale.ROOT, "%s %.1f%s", title, value, unit);
    }

    /** A value with two digits, without the title: {@code 81.43 %}. */
    public String number(double value) {
        return String.format(Locale.ROOT, "%.2f%s", value, unit);
    }
}
