package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.SpecialNames;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.PairMessages;
import io.heddle.runtime.messages.SoundMessages;
import io.heddle.runtime.sound.LogMelFrontEnd;
import io.heddle.runtime.sound.Spectrogram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Recordings and what is said in them, as numbers that a model hears and token ids that it writes: begin and its
 * tokens are read, its tokens and end are to be said.
 */
public final class RecordingData implements Examples {
    /** Padded lengths of what is written are rounded up to this, so that few programs are made. */
    private static final int WRITTEN_MULTIPLE = 4;

    /** @param target begin, the tokens of what is said, end */
    private record Recording(String place, String text, Spectrogram sound, IntTensor target) {
        int labels() {
            return target.values().length - 1;
        }
    }

    private final List<Recording> recordings;
    private final int bands;
    private final int padding;
    private final int leftOut;

    private RecordingData(List<Recording> recordings, int bands, int padding, int leftOut) {
        this.recordings = recordings;
        this.bands = bands;
        this.padding = padding;
        this.leftOut = leftOut;
    }

    /** The lines of a list: the path of a recording, a tab and what is said. */
    public static PairText list(Path file) {
        return PairText.read(new PairFiles.TabSeparated(file), EmptySides.REFUSE);
    }

    /**
     * Reads the recordings of a list, however long they are.
     *
     * @param file the list, which their paths are relative to
     * @param text what stands in it
     * @throws ProblemsException with everything that is wrong: recordings that are missing or not as the features say,
     *     what the tokenizer does not know
     */
    public static RecordingData all(Path file, PairText text, Tokenizer tokenizer, Data.Recordings said) {
        return read(file, text, tokenizer, said, Double.POSITIVE_INFINITY, Integer.MAX_VALUE);
    }

    /**
     * Reads those that are not longer than the recipe allows, as {@link #all} does.
     *
     * @throws ProblemsException when none is left
     */
    public static RecordingData notTooLong(Path file, PairText text, Tokenizer tokenizer, Data.Recordings said) {
        return read(file, text, tokenizer, said, said.getMaximumSeconds(), said.getMaximumLength());
    }

    private static RecordingData read(
            Path file, PairText text, Tokenizer tokenizer, Data.Recordings said, double seconds, int tokens) {
        ProblemList problems = new ProblemList();
        int begin = special(tokenizer.specialIds().begin(), "begin", SpecialNames.BEGIN, problems);
        int end = special(tokenizer.specialIds().end(), "end", SpecialNames.END, problems);
        problems.throwIfAny();
        LogMelFrontEnd frontEnd = new LogMelFrontEnd(said.getFeatures());
        double frames = (seconds * said.getFeatures().getRate() - said.getFeatures().getWindow())
                / said.getFeatures().getHop() + 1;
        List<Recording> recordings = new ArrayList<>();
        int leftOut = 0;
        addMissing(file, text, problems);
        for (SentencePair pair : text.pairs()) {
            Path recording = file.resolveSibling(pair.source());
            if (!Files.isRegularFile(recording)) {
                continue;
            }
            try {
                Spectrogram sound = frontEnd.read(recording);
                int[] ids = encode(tokenizer, pair.target(), text.targetOrigin(pair));
                if (ids.length > tokens || sound.frames() > frames) {
                    leftOut++;
                } else {
                    int[] target = IntStream.concat(IntStream.of(begin), IntStream.concat(
                            Arrays.stream(ids), IntStream.of(end)))
                            .toArray();
                    String place = text.sourceOrigin(pair).linePlace();
                    recordings.add(new Recording(place, pair.target(), sound, IntTensor.of(target, target.length)));
                }
            } catch (ProblemsException wrong) {
                problems.addAll(wrong);
            }
        }
        if (recordings.isEmpty() && problems.isEmpty()) {
            problems.add(SoundMessages.nothingLeft(file.toString(), leftOut, seconds, tokens));
        }
        problems.throwIfAny();
        int padding = tokenizer.specialIds().padding().orElse(0);
        return new RecordingData(List.copyOf(recordings), said.getFeatures().getBands(), padding, leftOut);
    }

    private static void addMissing(Path file, PairText text, ProblemList problems) {
        List<Path> missing = text.sources().stream()
                .map(file::resolveSibling)
                .filter(recording -> !Files.isRegularFile(recording))
                .toList();
        if (!missing.isEmpty()) {
            problems.add(SoundMessages.missing(
                    file.toString(), missing.size(), text.pairs().size(), missing.getFirst()));
        }
    }

    private static int[] encode(Tokenizer tokenizer, String text, TextOrigin origin) {
        int[] ids = tokenizer.encode(text, origin);
        if (ids.length == 0) {
            throw new ProblemsException(SoundMessages.noToken(origin.linePlace()));
        }
        return ids;
    }

    private static int special(OptionalInt id, String name, List<String> usual, ProblemList problems) {
        if (id.isEmpty()) {
            problems.add(PairMessages.noSpecial("target", name, usual));
        }
        return id.orElse(0);
    }

    @Override
    public int size() {
        return recordings.size();
    }

    /** How many frames they have together. */
    public long frames() {
        return recordings.stream().mapToLong(recording -> recording.sound().frames()).sum();
    }

    /** How many were left out because they are too long, or too much is said. */
    public int leftOut() {
        return leftOut;
    }

    /** What is heard of a recording. */
    public Spectrogram sound(int index) {
        return recordings.get(index).sound();
    }

    /** Where a recording stands in its list. */
    String place(int index) {
        return recordings.get(index).place();
    }

    /** The tokens of what is said in a recording, and the end token, for a model that reads them. */
    public int[] read(int index) {
        int[] target = recordings.get(index).target().values();
        return Arrays.copyOfRange(target, 1, target.length);
    }

    /** What is said in a recording. */
    public String text(int index) {
        return recordings.get(index).text();
    }

    /**
     * Returns when a model with so many learned positions can hear and write all of them.
     *
     * @param positions how many positions the model makes of so many frames
     * @throws ProblemsException naming each that is too long
     */
    public void requirePositions(
            Optional<PositionLimit> heard, IntUnaryOperator positions, Optional<PositionLimit> written) {
        ProblemList problems = new ProblemList();
        int longest = recordings.stream().mapToInt(Recording::labels).max().orElse(0);
        for (Recording recording : recordings) {
            int needed = positions.applyAsInt(recording.sound().frames());
            heard.filter(limit -> limit.positions() < needed)
                    .ifPresent(limit -> problems.add(SoundMessages.longerThanPositions(
                            recording.place(), needed, limit.input(), limit.positions())));
            written.filter(limit -> limit.positions() < recording.labels())
                    .ifPresent(limit -> problems.add(
                            limit.problem(recording.place(), "target", recording.labels(), longest)));
        }
        problems.throwIfAny();
    }

    /** How many frames a recording has. */
    @Override
    public int length(int index) {
        return sound(index).frames();
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator.comparingInt(this::length);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        return SoundMessages.tooLong(recordings.get(index).place(), length, batch);
    }

    /** What tells these recordings to learn from, and those held out, from others; see {@link DataMark}. */
    public DataMark mark(RecordingData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (RecordingData part : List.of(this, heldOut)) {
            for (Recording recording : part.recordings) {
                float[] values = recording.sound().values();
                mark.add(IntStream.range(0, values.length)
                        .map(place -> Float.floatToIntBits(values[place]))
                        .toArray());
                mark.add(recording.target().values());
            }
        }
        return mark.mark(sizes);
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        int frames = Sizes.roundUp(IntStream.of(rows).map(this::length).max().orElse(0), lengthMultiple);
        int width = Sizes.roundUp(
                IntStream.of(rows).map(row -> recordings.get(row).labels()).max().orElse(0), WRITTEN_MULTIPLE);
        float[] sound = new float[Math.multiplyExact(Math.multiplyExact(rows.length, frames), bands)];
        int[] target = new int[rows.length * width];
        int[] labels = new int[rows.length * width];
        int[] soundLengths = new int[rows.length];
        int[] targetLengths = new int[rows.length];
        Arrays.fill(target, padding);
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        for (int row = 0; row < rows.length; row++) {
            Recording recording = recordings.get(rows[row]);
            float[] values = recording.sound().values();
            int count = recording.labels();
            soundLengths[row] = recording.sound().frames();
            targetLengths[row] = count;
            System.arraycopy(values, 0, sound, row * frames * bands, values.length);
            System.arraycopy(recording.target().values(), 0, target, row * width, count);
            System.arraycopy(recording.target().values(), 1, labels, row * width, count);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.SOUND_LENGTHS, IntTensor.of(soundLengths, rows.length));
        tensors.put(Batch.TARGET, IntTensor.of(target, rows.length, width));
        tensors.put(Batch.TARGET_LENGTHS, IntTensor.of(targetLengths, rows.length));
        tensors.put(Batch.LABELS, IntTensor.of(labels, rows.length, width));
        RealTensor heard = RealTensor.of(sound, rows.length, frames, bands);
        return new Batch(tensors, Map.of(Batch.SOUND, heard), IntStream.of(targetLengths).sum());
    }
}
