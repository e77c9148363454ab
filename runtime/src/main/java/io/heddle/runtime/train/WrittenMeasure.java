package io.heddle.runtime.train;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.data.RecordingData;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Answers;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.sound.Spectrogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What a model writes by itself for sources, compared with what it should have written. */
public final class WrittenMeasure {
    private static final int ROWS = 64;

    /** What is said may have this many tokens more than frames before it is cut. */
    private static final int LONGER = 50;

    private final Generator generator;
    private final Tokenizer written;
    private final Answers answers;

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
        this(generator, written, new Answers(generator, begin(written)));
    }

    private WrittenMeasure(Generator generator, Tokenizer written, Answers answers) {
        this.generator = generator;
        this.written = written;
        this.answers = answers;
    }

    /** The same measure, of so many sources answered at once; as many as make 64 rows, where nothing is said. */
    public WrittenMeasure sideBySide(int sources) {
        return new WrittenMeasure(generator, written, answers.sideBySide(sources));
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
        List<Integer> asked = IntStream.of(which).boxed().toList();
        List<int[]> sources = asked.stream().map(pairs::source).toList();
        List<SourceWords> words = asked.stream().flatMap(index -> pairs.words(index).stream()).toList();
        List<String> references = asked.stream().map(index -> pairs.pair(index).target()).toList();
        return answers.to(sources, words, OptionalInt.empty(), stop, _ -> {})
                .map(sentences -> lines(sentences, words, references));
    }

    private Lines lines(List<Written> sentences, List<SourceWords> words, List<String> references) {
        List<String> hypotheses = new ArrayList<>();
        long tokens = 0;
        for (int row = 0; row < sentences.size(); row++) {
            int[] ids = sentences.get(row).ids();
            hypotheses.add(words.isEmpty() ? written.decode(ids) : words.get(row).decode(ids));
            tokens += ids.length - 1;
        }
        return new Lines(hypotheses, references, tokens);
    }

    /**
     * What it writes for each recording.
     *
     * @param stop asked between batches
     * @return empty when {@code stop} said so
     */
    public Optional<Lines> lines(RecordingData recordings, BooleanSupplier stop) {
        return lines(recordings, IntStream.range(0, recordings.size()).toArray(), stop);
    }

    /**
     * What it writes for some of the recordings.
     *
     * @param which recordings, by their numbers
     * @param stop asked between batches
     * @return empty when {@code stop} said so
     */
    public Optional<Lines> lines(RecordingData recordings, int[] which, BooleanSupplier stop) {
        List<String> references = IntStream.of(which).mapToObj(recordings::text).toList();
        return inGroups(which, recordings::length, stop, group -> heard(recordings, group), references);
    }

    /** No one says more than a token in a frame of 10 ms. */
    private List<Line> heard(RecordingData recordings, List<Integer> group) {
        List<Spectrogram> sounds = group.stream().map(recordings::sound).toList();
        return generator.hearing(sounds, begin(written), sounds.getLast().frames() + LONGER).stream()
                .map(sentence -> new Line(written.decode(sentence.ids()), sentence.ids().length - 1))
                .toList();
    }

    private static int begin(Tokenizer written) {
        return written.specialIds().begin().orElseThrow();
    }

    /** @param tokens without the begin token */
    private record Line(String text, int tokens) {}

    /** What {@code write} gives for groups of like length, the longest last, in the order of {@code which}. */
    private Optional<Lines> inGroups(
            int[] which,
            IntUnaryOperator length,
            BooleanSupplier stop,
            Function<List<Integer>, List<Line>> write,
            List<String> references) {
        List<Integer> byLength = IntStream.range(0, which.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> length.applyAsInt(which[place])))
                .toList();
        // A beam has several rows for each source.
        int rows = Math.max(1, ROWS / generator.rows());
        long tokens = 0;
        String[] hypotheses = new String[which.length];
        for (int first = 0; first < byLength.size(); first += rows) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            List<Integer> group = byLength.subList(first, Math.min(first + rows, byLength.size()));
            List<Line> lines = write.apply(group.stream().map(place -> which[place]).toList());
            for (int row = 0; row < group.size(); row++) {
                hypotheses[group.get(row)] = lines.get(row).text();
                tokens += lines.get(row).tokens();
            }
        }
        return Optional.of(new Lines(Arrays.asList(hypotheses), references, tokens));
    }
}
