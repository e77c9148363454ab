package io.heddle.cli;

import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.train.CopiedWords;
import io.heddle.runtime.train.LengthMeasure;
import io.heddle.runtime.train.LineScores;
import io.heddle.runtime.train.Measure;
import io.heddle.runtime.train.WrittenMeasure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is told of the lines that a model writes for sources. */
final class PairEvaluation {
    private static final double NANOSECONDS = 1e9;

    /** How often all is written again to tell how fast. */
    private static final int ROUNDS = 3;

    private PairEvaluation() {}

    /** Whether it is told how fast sources are answered. */
    sealed interface Speed {
        /** It is not. */
        record Untold() implements Speed {}

        /**
         * It is: all is written again when every program is made, and the median of several times counts.
         *
         * @param sideBySide how many sources are answered at once; as many as make 64 rows, if empty
         * @param warmup how often all is written before
         */
        record Told(OptionalInt sideBySide, int warmup) implements Speed {}
    }

    /** BLEU cuts words as the recipe does, so that the number is the one of the training's curve. */
    static List<String> of(
            TrainedModel model, PairData pairs, List<Measure> measures, Decoding decoding, Speed speed) {
        var writing = new WrittenMeasure(model.generator(decoding, 0), model.tokenizers().written());
        var written = speed instanceof Speed.Told(var sources, _) && sources.isPresent()
                ? writing.sideBySide(sources.getAsInt())
                : writing;
        var lines = written.lines(pairs, () -> false).orElseThrow();
        List<String> told = new ArrayList<>(scored(model, lines, measures));
        told.addAll(copies(lines.hypotheses(), pairs));
        switch (speed) {
            case Speed.Untold _ -> {}
            case Speed.Told(_, var warmup) -> {
                IntStream.range(1, warmup).forEach(_ -> speed(written, pairs));
                told.addAll(speed(written, pairs, lines));
            }
        }
        return told;
    }

    /** What is told of lines that were written. */
    static List<String> scored(TrainedModel model, WrittenMeasure.Lines lines, List<Measure> measures) {
        var scores = LineScores.of(metrics(model.recipe()));
        List<String> told = new ArrayList<>();
        for (Measure measure : measures) {
            var value = scores.score(measure, lines.hypotheses(), lines.references());
            told.add(measure == Measure.BLEU
                    ? MetricNames.line("BLEU " + scores.signature(), measure, value)
                    : MetricNames.line(measure, value));
        }
        return told;
    }

    private static List<String> speed(WrittenMeasure written, PairData pairs, WrittenMeasure.Lines lines) {
        var before = processorTime();
        double[] speeds = IntStream.range(0, ROUNDS)
                .mapToDouble(_ -> speed(written, pairs))
                .sorted()
                .toArray();
        var spent = processorTime().minus(before);
        List<String> told = new ArrayList<>();
        told.add(String.format(
                Locale.ROOT, "%-24s  %.1f", "tokens an answer", (double) lines.tokens() / pairs.size()));
        told.add(String.format(
                Locale.ROOT,
                "%-24s  %,.0f (%,.0f to %,.0f)",
                "tokens written a second",
                speeds[ROUNDS / 2],
                speeds[0],
                speeds[ROUNDS - 1]));
        if (spent.isPositive()) {
            double seconds = spent.toNanos() / NANOSECONDS;
            told.add(String.format(
                    Locale.ROOT, "%-24s  %,.0f", "... of a core", ROUNDS * lines.tokens() / seconds));
        }
        return told;
    }

    /** What the cores have worked for this program: other programs slow it down, and make it no more. None, if it is not known. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double speed(WrittenMeasure written, PairData pairs) {
        long before = System.nanoTime();
        var lines = written.lines(pairs, () -> false).orElseThrow();
        return lines.tokens() * NANOSECONDS / (System.nanoTime() - before);
    }

    /** How often the likeliest length is right, of a model that foretells it; nothing of another. */
    static List<String> lengths(TrainedModel model, Iterable<Batch> batches) {
        return LengthMeasure.of(model.model(), batches).stream()
                .map(right -> share("lengths right", right.right(), right.rows()))
                .toList();
    }

    /** How many words are written that only the source has, where there are any. */
    private static List<String> copies(List<String> hypotheses, PairData pairs) {
        if (IntStream.range(0, pairs.size()).allMatch(index -> pairs.copies(index).isEmpty())) return List.of();
        var copied = CopiedWords.of(hypotheses, pairs);
        return List.of(
                share("words only in the source", copied.written(), copied.words()),
                share("right word for word", copied.right(), copied.answers()));
    }

    private static String share(String what, long share, long all) {
        return String.format(Locale.ROOT, "%-24s  %.1f %% of %,d", what, 100.0 * share / all, all);
    }

    /** What its recipe asks for; BLEU, if nothing. */
    static List<Measure> usual(TrainedModel model) {
        var asked = metrics(model.recipe()).stream()
                .flatMap(metric -> LineScores.measures(metric).stream())
                .distinct()
                .toList();
        return asked.isEmpty() ? List.of(Measure.BLEU) : asked;
    }

    private static List<io.heddle.recipe.Metric> metrics(Optional<Recipe> recipe) {
        return recipe.map(it -> it.getEvaluation().getMetrics()).orElse(List.of());
    }
}
