package io.heddle.cli;

import io.heddle.runtime.train.LossMeasure;
import java.util.List;
import java.util.Locale;

/** What is told of how well tokens were foretold. */
final class LossLines {
    private LossLines() {}

    static List<String> of(LossMeasure.Total total) {
        return List.of(
                line("tokens                    %,d", total.labels()),
                line("log-likelihood            %.4f", -total.loss()),
                line("log-likelihood per token  %.6f", -total.mean()),
                line("perplexity                %.4f", total.perplexity()));
    }

    private static String line(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
