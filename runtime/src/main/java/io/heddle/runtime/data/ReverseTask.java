package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Data for the task of writing a sentence of numbers backwards: the smallest that needs an encoder and a decoder.
 *
 * <p>The length of a sentence is uniform in 1 to the maximum, each of its symbols uniform in 0 to {@code symbols - 1}.
 * Development and test sentences may be longer than those trained on. The same distribution as
 * JoeyNMT's {@code scripts/generate_reverse_task.py}, drawn from Heddle's random streams: the same seed gives the same
 * files on every machine.
 *
 * @param trainingPairs how many pairs {@code train.src} and {@code train.trg} hold
 * @param developmentPairs how many {@code dev.src} and {@code dev.trg} hold
 * @param testPairs how many {@code test.src} and {@code test.trg} hold
 * @param symbols how many different numbers there are
 * @param maximumLength the longest training sentence
 * @param longer how much longer those of development and test may be
 */
public record ReverseTask(int trainingPairs, int developmentPairs, int testPairs, int symbols, int maximumLength,
        long seed, int longer) {
    private static final int JOEYS_LONGER = 5;

    public ReverseTask {
        Sizes.requirePositive("number of training pairs", trainingPairs);
        Sizes.requirePositive("number of development pairs", developmentPairs);
        Sizes.requirePositive("number of test pairs", testPairs);
        Sizes.requirePositive("number of symbols", symbols);
        Sizes.requirePositive("maximum length", maximumLength);
        Sizes.requirePositive("longest held-out sentence", Math.addExact(maximumLength, longer));
    }

    /** JoeyNMT's sizes: 50,000, 1,000 and 1,000 pairs of up to 25 of 50 symbols. */
    public static ReverseTask ofSeed(long seed) {
        return new ReverseTask(50_000, 1_000, 1_000, 50, 25, seed, JOEYS_LONGER);
    }

    /**
     * Writes six files into {@code folder}, which is made when it is missing; a file is there whole or not at all.
     *
     * @throws ProblemsException when they cannot be written
     */
    public void write(Path folder) {
        writePart(folder, "train", trainingPairs, maximumLength);
        writePart(folder, "dev", developmentPairs, Math.addExact(maximumLength, longer));
        writePart(folder, "test", testPairs, Math.addExact(maximumLength, longer));
    }

    private void writePart(Path folder, String part, int pairs, int longest) {
        List<List<Integer>> sentences = IntStream.range(0, pairs)
                .mapToObj(number -> sentence(part, number, longest)).toList();
        writeLines(folder.resolve(part + ".src"), sentences);
        writeLines(folder.resolve(part + ".trg"), sentences.stream().map(List::reversed).toList());
    }

    private List<Integer> sentence(String part, int number, int longest) {
        long lengths = Streams.stream("reverse/" + part + "/lengths");
        long stream = Streams.stream("reverse/" + part + "/symbols");
        int length = 1 + Philox.below(longest, seed, lengths, number);
        return IntStream.range(0, length)
                .mapToObj(place -> Philox.below(symbols, seed, stream, (long) number * longest + place)).toList();
    }

    private static void writeLines(Path file, List<List<Integer>> sentences) {
        List<String> lines = sentences.stream()
                .map(sentence -> sentence.stream().map(String::valueOf).collect(Collectors.joining(" "))).toList();
        AtomicFile.writeText(file, String.join("\n", lines) + "\n");
    }
}
