package io.heddle.cli;

import io.heddle.runtime.train.Measure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which measures are asked for, by name. */
final class MetricNames {
    /** What is measured of lines that were written. */
    static final Set<Measure> OF_TEXT = EnumSet.range(Measure.BLEU, Measure.EXACT_MATCH);

    /** What is measured of tags of words. */
    static final Set<Measure> OF_TAGS = EnumSet.range(Measure.ACCURACY, Measure.F1);

    /** What is measured of other labels. */
    static final Set<Measure> OF_LABELS = EnumSet.of(Measure.ACCURACY);

    /** What is measured of boxes. */
    static final Set<Measure> OF_BOXES =
            EnumSet.of(Measure.MEAN_AVERAGE_PRECISION, Measure.MEAN_AVERAGE_PRECISION_AT_HALF);

    /** Reads the name of one. */
    static final class Name implements ITypeConverter<Measure> {
        @Override
        public Measure convert(String name) {
            return Measure.named(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is no measure; there are "
                            + words(EnumSet.allOf(Measure.class))));
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--metrics",
            paramLabel = "NAME",
            split = ",",
            converter = Name.class,
            description = {
                "What to measure, with commas between; see docs/howto/MEASURES.md. Of text: bleu, chrf, chrf++, ter,",
                "rouge-1, rouge-2, rouge-l, wer, cer, exact-match; of labels: accuracy, precision, recall, f1; of",
                "boxes: map, map50."
            })
    private List<Measure> measures;

    /** What was asked for, each once; empty where nothing was said. */
    Optional<List<Measure>> asked() {
        return Optional.ofNullable(measures).map(said -> said.stream().distinct().toList());
    }

    /**
     * What was asked for, of what can be measured.
     *
     * @param what has these measures: {@code what this model writes}
     * @throws ParameterException when another was asked for
     */
    Optional<List<Measure>> among(Set<Measure> possible, String what) {
        asked().stream()
                .flatMap(List::stream)
                .filter(measure -> !possible.contains(measure))
                .findFirst()
                .ifPresent(other -> {
                    throw wrong(possible.isEmpty()
                            ? what + " has no other measures: leave --metrics out."
                            : other.word() + " is not for " + what + ". There are " + words(possible) + ".");
                });
        return asked();
    }

    /** Nothing was asked for. */
    boolean isEmpty() {
        return measures == null;
    }

    /** A line of results. */
    static String line(Measure measure, double value) {
        return line(measure.title(), measure, value);
    }

    /** A line of results, with a signature behind the title. */
    static String line(String title, Measure measure, double value) {
        return String.format(Locale.ROOT, "%-24s  %s", title, measure.number(value));
    }

    private static String words(Set<Measure> measures) {
        return Arrays.stream(Measure.values())
                .filter(measures::contains)
                .map(Measure::word)
                .collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
