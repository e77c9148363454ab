package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.messages.SpeakingMessages;
import io.heddle.runtime.sound.Spectrogram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Texts to read and recordings to say them as: of each text its tokens and the end token, and of its recording so many
 * frames at each position, behind those of the position before.
 */
public final class SpokenData implements Examples {
    /** Padded lengths of texts are rounded up to this, so that few programs are made. */
    private static final int READ_MULTIPLE = 4;

    private final RecordingData recordings;
    private final int reduction;

    /**
     * Recordings to say.
     *
     * @param reduction how many frames a position says
     */
    public SpokenData(RecordingData recordings, int reduction) {
        this.recordings = recordings;
        this.reduction = reduction;
    }

    /** What is said, and in which words. */
    public RecordingData recordings() {
        return recordings;
    }

    @Override
    public int size() {
        return recordings.size();
    }

    /** How many positions say a recording. */
    @Override
    public int length(int index) {
        return Math.ceilDiv(recordings.sound(index).frames(), reduction);
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator.comparingInt(this::length);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        return SpeakingMessages.tooLong(recordings.place(index), length, batch);
    }

    /**
     * Returns when a model with so many learned positions can read and say all of them.
     *
     * @throws io.heddle.check.ProblemsException naming each that is too long
     */
    public void requirePositions(Optional<PositionLimit> read, Optional<PositionLimit> spoken) {
        ProblemList problems = new ProblemList();
        int longest = IntStream.range(0, size())
                .map(index -> recordings.read(index).length)
                .max()
                .orElse(0);
        for (int index = 0; index < size(); index++) {
            String place = recordings.place(index);
            int said = length(index);
            int tokens = recordings.read(index).length;
            spoken.filter(limit -> limit.positions() < said)
                    .ifPresent(limit -> problems.add(
                            SpeakingMessages.longerThanPositions(place, said, limit.input(), limit.positions())));
            read.filter(limit -> limit.positions() < tokens)
                    .ifPresent(limit -> problems.add(limit.problem(place, "source", tokens, longest)));
        }
        problems.throwIfAny();
    }

    /**
     * What each position reads that says these frames: those that the position before it says, zeros at first.
     *
     * @return {@code [positions, reduction * bands]}
     */
    public static RealTensor before(Spectrogram said, int reduction) {
        int positions = Math.ceilDiv(said.frames(), reduction);
        int numbers = reduction * said.bands();
        float[] before = new float[positions * numbers];
        System.arraycopy(said.values(), 0, before, Math.min(numbers, before.length),
                Math.max(0, positions - 1) * numbers);
        return RealTensor.of(before, positions, numbers);
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        int bands = recordings.sound(rows[0]).bands();
        int numbers = reduction * bands;
        int time = Sizes.roundUp(IntStream.of(rows).map(this::length).max().orElse(0), lengthMultiple);
        int width = Sizes.roundUp(
                IntStream.of(rows).map(row -> recordings.read(row).length).max().orElse(0), READ_MULTIPLE);
        float[] before = new float[Math.multiplyExact(Math.multiplyExact(rows.length, time), numbers)];
        float[] frames = new float[before.length];
        int[] source = new int[rows.length * width];
        int[] sourceLengths = new int[rows.length];
        int[] lengths = new int[rows.length];
        int[] counts = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            Spectrogram sound = recordings.sound(rows[row]);
            float[] said = before(sound, reduction).values();
            int[] tokens = recordings.read(rows[row]);
            int place = row * time * numbers;
            counts[row] = sound.frames();
            lengths[row] = length(rows[row]);
            sourceLengths[row] = tokens.length;
            System.arraycopy(tokens, 0, source, row * width, tokens.length);
            System.arraycopy(sound.values(), 0, frames, place, sound.values().length);
            System.arraycopy(said, 0, before, place, said.length);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.SOURCE, IntTensor.of(source, rows.length, width));
        tensors.put(Batch.SOURCE_LENGTHS, IntTensor.of(sourceLengths, rows.length));
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, rows.length));
        tensors.put(Batch.FRAME_COUNTS, IntTensor.of(counts, rows.length));
        Map<String, RealTensor> reals = new LinkedHashMap<>();
        reals.put(Batch.SPOKEN, RealTensor.of(before, rows.length, time, numbers));
        reals.put(Batch.FRAMES, RealTensor.of(frames, rows.length, time, numbers));
        return new Batch(tensors, reals, IntStream.of(counts).sum());
    }
}
