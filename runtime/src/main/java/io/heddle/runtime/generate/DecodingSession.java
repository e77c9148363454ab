package io.heddle.runtime.generate;

import io.heddle.graph.Op;
import io.heddle.lowering.DecodingView;
import io.heddle.lowering.Names;
import io.heddle.model.FrameInput;
import io.heddle.model.Position;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.runtime.sound.Spectrogram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Rows of tokens that grow side by side: what was read stays in a cache, so that each token is read once.
 *
 * <p>The cache has room for a power of two of tokens; when it is full, a larger one takes its place.
 */
public final class DecodingSession {
    private static final int SMALLEST_CAPACITY = 64;
    private static final int READING_MULTIPLE = 16;

    private final RunnableModel model;
    private final ModelRoles roles;
    private final Executable executable;
    private final int rows;
    private final DecodingView view;
    private final Optional<SourceMemory> memory;
    private final List<SourceWords> words;
    private final Set<Program> fed = new HashSet<>();

    private States states;
    private int capacity;
    private int length;
    private Optional<Program> latest = Optional.empty();

    private DecodingSession(
            RunnableModel model,
            int rows,
            Optional<SourceMemory> memory,
            List<SourceWords> words,
            DecodingView view) {
        this.view = view;
        this.model = model;
        this.rows = rows;
        this.memory = memory;
        this.words = List.copyOf(words);
        roles = model.roles();
        executable = model.decoding(view);
        capacity = SMALLEST_CAPACITY;
        states = model.engine().states(executable.graph(), sizes(1));
    }

    /**
     * An empty session of a model that reads nothing but what it writes.
     *
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public static DecodingSession of(RunnableModel model, int rows) {
        return of(model, rows, DecodingView.Next.INSTANCE);
    }

    /** The same, whose reading gives more than the next scores. */
    static DecodingSession of(RunnableModel model, int rows, DecodingView view) {
        return new DecodingSession(model, rows, Optional.empty(), List.of(), view);
    }

    /**
     * An empty session of a model that reads a source for each row.
     *
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public static DecodingSession over(RunnableModel model, List<int[]> sources) {
        return over(model, sources, List.of());
    }

    /**
     * The same of a model that may copy words of its sources.
     *
     * @param words of each source; none where nothing is copied
     * @throws IllegalArgumentException when the model copies, and words are missing
     */
    public static DecodingSession over(RunnableModel model, List<int[]> sources, List<SourceWords> words) {
        return over(model, sources, words, DecodingView.Next.INSTANCE);
    }

    /** The same, whose reading gives more than the next scores. */
    static DecodingSession over(
            RunnableModel model, List<int[]> sources, List<SourceWords> words, DecodingView view) {
        ModelRoles roles = model.roles();
        int wanted = roles.copied().isPresent() ? sources.size() : 0;
        if (words.size() != wanted) {
            throw new IllegalArgumentException("words of " + words.size() + " sources must be of " + wanted + ".");
        }
        SourceMemory memory = SourceMemory.of(model, roles.read().orElseThrow(), sources);
        return new DecodingSession(model, sources.size(), Optional.of(memory), words, view);
    }

    /**
     * An empty session of a model that hears a recording for each row.
     *
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public static DecodingSession hearing(RunnableModel model, List<Spectrogram> sounds) {
        return hearing(model, sounds, DecodingView.Next.INSTANCE);
    }

    /** The same, whose reading gives more than the next scores. */
    static DecodingSession hearing(RunnableModel model, List<Spectrogram> sounds, DecodingView view) {
        FrameInput input = model.roles().heard().orElseThrow();
        SourceMemory memory = SourceMemory.of(model, input, sounds);
        return new DecodingSession(
                model, sounds.size(), Optional.of(memory), List.of(), view);
    }

    /** How many tokens each row has. */
    public int length() {
        return length;
    }

    /** How many tokens a row may have: as many as there are learned positions; empty without a bound. */
    public OptionalInt limit() {
        return roles.written().getPosition() instanceof Position.Learned learned
                ? OptionalInt.of(learned.getLength())
                : OptionalInt.empty();
    }

    /** Whether the model has no position for another token. */
    public boolean isFull() {
        return limit().isPresent() && length >= limit().getAsInt();
    }

    /** Whether it reads a source beside what it writes. */
    public boolean readsSource() {
        return memory.isPresent();
    }

    /** How many tokens the source of a row has. */
    int sourceLength(int row) {
        return memory.orElseThrow().lengths().get(row);
    }

    /** The words that a row may copy of its source; empty where nothing is copied. */
    Optional<SourceWords> words(int row) {
        return words.isEmpty() ? Optional.empty() : Optional.of(words.get(row));
    }

    /** Forgets all tokens, and keeps the sources. */
    public void reset() {
        length = 0;
    }

    /**
     * Forgets all tokens but the first of each row.
     *
     * @throws IllegalArgumentException when there are fewer
     */
    public void shorten(int kept) {
        if (kept < 0 || kept > length) {
            throw new IllegalArgumentException("kept = " + kept + " must be from 0 to " + length + ".");
        }
        length = kept;
    }

    /** Lets row i go on from what row {@code from[i]} has read; rows share their source. */
    public void reorder(int[] from) {
        states.reorder(from);
    }

    /**
     * A session of some of its rows, which goes on from what they have read; this one is of no use afterwards.
     *
     * @param kept which rows
     */
    DecodingSession only(int[] kept) {
        DecodingSession fewer = new DecodingSession(
                model,
                kept.length,
                memory.map(source -> source.only(kept)),
                words.isEmpty() ? List.of() : Arrays.stream(kept).mapToObj(words::get).toList(),
                view);
        fewer.length = length;
        fewer.capacity = capacity;
        fewer.states = model.engine().states(executable.graph(), fewer.sizes(1));
        var read = NDArrayIndex.interval(0, length);
        states.tensors().forEach((name, whole) -> {
            for (int row = 0; row < kept.length; row++) {
                var to = NDArrayIndex.interval(row, row + 1);
                var from = NDArrayIndex.interval(kept[row], kept[row] + 1);
                fewer.states
                        .tensor(name)
                        .get(to, read, NDArrayIndex.all())
                        .assign(whole.get(from, read, NDArrayIndex.all()));
            }
        });
        return fewer;
    }

    /**
     * Reads more tokens, equally many in each row.
     *
     * @param tokens by row
     * @return the scores of the token after the last, {@code [rows, vocabulary]}; behind the vocabulary those of
     *     words that are copied; they change with the next call
     */
    public INDArray read(int[][] tokens) {
        int count = tokens[0].length;
        Program program = prepared(executable, tokens, padded(count));
        program.setInput(Names.fresh(roles.written().getName()), constant(count));
        return run(program, count);
    }

    /**
     * Reads a few more tokens, equally many in each row, and scores what may follow each of them.
     *
     * @param tokens by row
     * @return {@code [rows, tokens, vocabulary]}: at a place the scores of the token after it, as {@link #read} would give
     *     them; they change with the next call
     */
    public INDArray readEach(int[][] tokens) {
        Executable each = model.decoding(DecodingView.Every.INSTANCE);
        int count = tokens[0].length;
        return run(prepared(each, tokens, count), count);
    }

    /**
     * What the scores of the tokens that were read last were made of, where the session's view gives it.
     *
     * @return {@code [rows, tokens, width]}, where behind the tokens there may be padding; they change with the next call
     */
    INDArray vectors() {
        return beside(Names.vectors(roles.logits().getName()));
    }

    /**
     * What the tokens that were read last look at, by an attention that the session's view names.
     *
     * @return {@code [rows, heads, tokens, positions]}, where behind the tokens there may be padding; they change with the
     *     next call
     */
    INDArray weights(String path) {
        return beside(Names.attentionWeights(path));
    }

    private INDArray beside(String output) {
        return latest.orElseThrow(() -> new IllegalStateException("Nothing was read yet.")).output(output);
    }

    /** A program that only needs to run. */
    private Program prepared(Executable graph, int[][] tokens, int time) {
        int count = tokens[0].length;
        reserve(length + time);
        Program program = graph.bind(sizes(time), states);
        if (fed.add(program)) {
            memory.ifPresent(source -> source.feed(program));
            if (!words.isEmpty()) {
                program.setInput(Names.copies(roles.logits().getName()), copies(memory.orElseThrow().length()));
            }
        }
        int[] ids = new int[rows * time];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(heard(tokens[row], row), 0, ids, row * time, count);
        }
        String input = roles.written().getName();
        program.setInput(input, ids);
        program.setInput(Names.offset(input), length);
        program.setInput(Names.lengths(input), constant(length + count));
        return program;
    }

    private INDArray run(Program program, int count) {
        program.run();
        length += count;
        latest = Optional.of(program);
        return program.output(roles.logits().getName());
    }

    /** What each position of the sources is a copy of, padded. */
    private int[] copies(int width) {
        int[] copies = new int[rows * width];
        for (int row = 0; row < rows; row++) {
            int[] numbers = words.get(row).numbers();
            System.arraycopy(numbers, 0, copies, row * width, numbers.length);
        }
        return copies;
    }

    /** What is read of what was written: a word that was copied has a number that no table has. */
    private int[] heard(int[] tokens, int row) {
        return words.isEmpty() ? tokens : Arrays.stream(tokens).map(words.get(row)::read).toArray();
    }

    /**
     * The scores of a row's next token; what cannot be written has none.
     *
     * @param logits of the row
     * @param known how many tokens of the vocabulary may be written: the ids below this
     */
    double[] writable(double[] logits, int row, int known) {
        if (words.isEmpty()) {
            return TokenChoice.known(logits, known);
        }
        double[] scores = logits.clone();
        for (int id = Math.min(known, roles.logits().getVocabulary()); id < scores.length; id++) {
            if (!words.get(row).has(id)) {
                scores[id] = Double.NEGATIVE_INFINITY;
            }
        }
        return scores;
    }

    private int[] constant(int value) {
        int[] values = new int[rows];
        Arrays.fill(values, value);
        return values;
    }

    /** Rounded up, so that few programs are made; never past the last position. */
    private int padded(int count) {
        if (count == 1) {
            return 1;
        }
        int time = Math.ceilDiv(count, READING_MULTIPLE) * READING_MULTIPLE;
        return limit().isPresent() ? Math.max(count, Math.min(time, limit().getAsInt() - length)) : time;
    }

    private Map<String, Long> sizes(int time) {
        Map<String, Long> sizes = new HashMap<>();
        sizes.put("batch", (long) rows);
        sizes.put("capacity", (long) capacity);
        sizes.put(roles.written().getName(), (long) time);
        memory.ifPresent(source -> sizes.put(source.input(), (long) source.length()));
        return sizes;
    }

    private void reserve(int tokens) {
        if (tokens <= capacity) {
            return;
        }
        States smaller = states;
        int kept = length;
        capacity = Integer.highestOneBit(tokens - 1) * 2;
        states = model.engine().states(executable.graph(), sizes(1));
        fed.clear();
        if (kept == 0) {
            return;
        }
        executable.graph().getNodes().forEach(node -> {
            if (node.getOp() instanceof Op.State state) {
                var read = NDArrayIndex.interval(0, kept);
                states.tensor(state.getName())
                        .get(NDArrayIndex.all(), read, NDArrayIndex.all())
                        .assign(smaller.tensor(state.getName()).get(NDArrayIndex.all(), read, NDArrayIndex.all()));
            }
        });
    }
}
