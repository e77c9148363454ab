package io.heddle.runtime.train;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** What a model writes by itself for sources, compared with what it should have written. */
public final class WrittenMeasure {
    private static final int ROWS = 64;

    /** A target may be this much longer than its source before it is cut: the translations of real text seldom are. */
    private static final int LONGER = 50;

    private final Generator generator;
    private final Tokenizer written;

    /**
     * A measure of this model.
     *
     * @param written the tokenizer of what it writes
     * @param decoding how it chooses what it writes; what is drawn is drawn with seed 0
     */
    public WrittenMeasure(RunnableModel model, Tokenizer written, Decoding decoding) {
        this(Generator.of(model, decoding, written, 0), written);
    }

    /**
     * A measure of what a generator writes.
     *
     * @param written the tokenizer of what it writes
     */
    public WrittenMeasure(Generator generator, Tokenizer written) {
        this.generator = generator;
        this.written = written;
    }

    /**
     * What it wrote, and what it should have written, line by line.
     *
     * @param hypotheses what it wrote
     * @param references what it should have written
     * @param tokens how many tokens it wrote, end tokens included
     */
    public record Lines(List<String> hypotheses, List<String> references, long tokens) {
        /** Copies the lines. */
        public Lines {
            hypotheses = List.copyOf(hypotheses);
            references = List.copyOf(references);
        }
    }

    /**
     * What it writes for each source.
     *
     * @param stop asked between batches
     * @return empty when {@code stop} said so
     */
    public Optional<Lines> lines(PairData pairs, BooleanSupplier stop) {
        return lines(pairs, IntStream.range(0, pairs.size()).toArray(), stop);
    }

    /**
     * What it writes for some of the sources.
     *
     * @param which pairs, by their numbers
     * @param stop asked between batches
     * @return empty when {@code stop} said so
     */
    public Optional<Lines> lines(PairData pairs, int[] which, BooleanSupplier stop) {
        List<Integer> byLength = IntStream.range(0, which.length)
                .boxed()
                .sorted(Comparator.comparingInt(index -> pairs.source(which[index]).length))
                .toList();
        long tokens = 0;
        String[] hypotheses = new String[which.length];
        for (int first = 0; first < byLength.size(); first += ROWS) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            List<Integer> group = byLength.subList(first, Math.min(first + ROWS, byLength.size()));
            List<int[]> sources = group.stream().map(index -> pairs.source(which[index])).toList();
            int longest = sources.getLast().length + LONGER;
            List<SourceWords> words =
                    group.stream().flatMap(index -> pairs.words(which[index]).stream()).toList();
            List<Written> sentences =
                    generator.from(sources, words, written.specialIds().begin().orElseThrow(), longest);
            for (int row = 0; row < group.size(); row++) {
                int[] ids = sentences.get(row).ids();
                tokens += ids.length - 1;
                hypotheses[group.get(row)] =
                        words.isEmpty() ? written.decode(ids) : words.get(row).decode(ids);
            }
        }
        List<String> references = new ArrayList<>();
        for (int index : which) {
            references.add(pairs.pair(index).target());
        }
        return Optional.of(new Lines(Arrays.asList(hypotheses), references, tokens));
    }
}
