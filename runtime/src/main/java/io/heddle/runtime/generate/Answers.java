package io.heddle.runtime.generate;

import io.heddle.runtime.data.SourceWords;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers to many sources, those of like lengths side by side. What answers a source depends on the source, and, where it is
 * drawn, on its place in the list.
 */
public final class Answers {
    private static final int ROWS = 64;

    /** An answer may be this much longer than its source before it is cut: the translations of real text seldom are. */
    private static final int LONGER = 50;

    /** Sources are of like lengths up to a multiple of this. */
    private static final int MULTIPLE = 16;

    private final Generator generator;
    private final int begin;
    private final int sideBySide;

    /** @param begin the token that every answer begins with */
    public Answers(Generator generator, int begin) {
        this(generator, begin, Math.max(1, ROWS / generator.rows()));
    }

    private Answers(Generator generator, int begin, int sideBySide) {
        if (sideBySide < 1) {
            throw new IllegalArgumentException("sources = " + sideBySide + " must be 1 or more.");
        }
        this.generator = generator;
        this.begin = begin;
        this.sideBySide = sideBySide;
    }

    /** The same answers, to so many sources at once; as many as make 64 rows, where nothing is said. */
    public Answers sideBySide(int sources) {
        return new Answers(generator, begin, sources);
    }

    /**
     * Answers sources.
     *
     * @param words of each source; none where nothing is copied
     * @param most how many tokens an answer may have; 50 more than its source, rounded up to a multiple of 16, if empty
     * @param stop asked between batches
     * @param progress is told how many sources are answered
     * @return in the order of the sources; empty when {@code stop} said so
     * @throws io.heddle.check.ProblemsException when one is longer than a model reads that scores answers, or the rules allow
     *     no token
     */
    public Optional<List<Written>> to(
            List<int[]> sources,
            List<SourceWords> words,
            OptionalInt most,
            BooleanSupplier stop,
            IntConsumer progress) {
        generator.requireRead(sources);
        Written[] answers = new Written[sources.size()];
        Map<Integer, List<Integer>> alike = IntStream.range(0, sources.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> sources.get(place).length))
                .collect(Collectors.groupingBy(
                        place -> Math.ceilDiv(sources.get(place).length, MULTIPLE),
                        TreeMap::new,
                        Collectors.toList()));
        int done = 0;
        for (var group : alike.entrySet()) {
            int count = most.orElse(group.getKey() * MULTIPLE + LONGER);
            for (int first = 0; first < group.getValue().size(); first += sideBySide) {
                if (stop.getAsBoolean()) {
                    return Optional.empty();
                }
                List<Integer> places =
                        group.getValue().subList(first, Math.min(first + sideBySide, group.getValue().size()));
                answer(places, sources, words, count, answers);
                done += places.size();
                progress.accept(done);
            }
        }
        return Optional.of(Arrays.asList(answers));
    }

    private void answer(
            List<Integer> places, List<int[]> sources, List<SourceWords> words, int count, Written[] answers) {
        List<Written> written = generator.from(
                places.stream().map(sources::get).toList(),
                words.isEmpty() ? List.of() : places.stream().map(words::get).toList(),
                begin,
                count,
                places.stream().mapToInt(Integer::intValue).toArray(),
                _ -> {});
        for (int row = 0; row < written.size(); row++) {
            answers[places.get(row)] = written.get(row);
        }
    }
}
