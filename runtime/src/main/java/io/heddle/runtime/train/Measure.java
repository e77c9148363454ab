package io.heddle.runtime.train;

import java.util.Locale;

/** What is measured beside the loss; each is 0 to 100, and more is better. */
public enum Measure {
    /** Of what a model writes. */
    BLEU("bleu", "BLEU %.1f"),
    /** The share of labels that have the highest score. */
    ACCURACY("accuracy", "accuracy %.1f %%"),
    /** Of entities; see {@link io.heddle.runtime.evaluate.Entities}. */
    PRECISION("precision", "precision %.1f %%"),
    /** Of entities. */
    RECALL("recall", "recall %.1f %%"),
    /** Of entities. */
    F1("f1", "F1 %.1f %%");

    private final String column;
    private final String format;

    Measure(String column, String format) {
        this.column = column;
        this.format = format;
    }

    /** What a record of metrics calls it. */
    public String column() {
        return column;
    }

    /** A value as reports show it: {@code accuracy 81.4 %}. */
    public String told(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
