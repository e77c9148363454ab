package io.heddle.runtime.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model reads in one pass.
 *
 * <pre>
 *   text    ids [batch, time]      lengths [batch]         labels [batch, time]
 *           remembered [batch]     where rows go on from batch to batch
 *   pairs   source [batch, source]  sourceLengths [batch]
 *           target [batch, target]  targetLengths [batch]  labels [batch, target]
 *           copies [batch, source]  where words are copied
 *           target and labels as HiddenTargets makes them, where all words are written at once, and
 *           fertilities [batch, source]  copied [batch, target]
 *   masked  ids [batch, time]      lengths [batch]         labels [batch, time]
 *   classes ids [batch, time]      lengths [batch]         labels [batch]
 *   tags    ids [batch, time]      lengths [batch]         labels [batch, time]
 *   picture pixels [batch, rows, columns, channels]
 *                                  lengths [batch]         labels [batch]
 *   boxes   pixels, lengths as of pictures
 *           objects [batch, objects]
 *                                  counts [batch]          boxes [batch, objects, 4]
 *   graphs  features [batch, nodes, features]
 *           edges [batch, nodes, nodes]
 *                                  lengths [batch]         labels [batch, nodes]
 *   sound   sound [batch, frames, bands]
 *                                  soundLengths [batch]
 *           target [batch, target]  targetLengths [batch]  labels [batch, target]
 * speech  source [batch, source]  sourceLengths [batch]
 *           spoken [batch, positions, reduction * bands]
 *                                  lengths [batch]
 *           frames [batch, positions, reduction * bands]
 *                                  frameCounts [batch]
 * </pre>
 *
 * <p>A length is the number of real tokens of a row; behind them ids are padding and labels {@link #IGNORED_LABEL}. Of
 * text and pairs, the label of a place is the token that comes after it. The tokens of a picture are its patches,
 * those of a graph its nodes, those of sound its frames. Of speech, the positions are counted that say frames, and each
 * real frame is a label. The loss of boxes is a mean over the objects of a batch, which counts as one label.
 *
 * @param tensors of whole numbers, by name, in the order above
 * @param reals tensors of real numbers, by name
 * @param labelCount how many labels are real: the number that a loss is averaged over
 */
public record Batch(Map<String, IntTensor> tensors, Map<String, RealTensor> reals, int labelCount) {
    /** The label of a place that has none: it adds nothing to a loss. */
    public static final int IGNORED_LABEL = -1;

    /** Token ids of text. */
    public static final String IDS = "ids";
    /** How many tokens of a row of {@link #IDS}, or positions of {@link #SPOKEN}, are real. */
    public static final String LENGTHS = "lengths";
    /** How many tokens of its text a row has read before, since it began. */
    public static final String REMEMBERED = "remembered";
    /** The next token at every place. */
    public static final String LABELS = "labels";
    /** Token ids of the sentences to read. */
    public static final String SOURCE = "source";
    /** How many tokens of a row of {@link #SOURCE} are real. */
    public static final String SOURCE_LENGTHS = "sourceLengths";
    /** Token ids of the sentences to write, moved right by the begin token. */
    public static final String TARGET = "target";
    /** How many tokens of a row of {@link #TARGET} are real. */
    public static final String TARGET_LENGTHS = "targetLengths";

    /** What each position of {@link #SOURCE} is called where words are copied; see {@link SourceWords}. */
    public static final String COPIES = "copies";

    /** How many places of the target are copies of each position of {@link #SOURCE}; see {@link Fertilities}. */
    public static final String FERTILITIES = "fertilities";

    /** Which position of {@link #SOURCE} each place of the target is a copy of, {@link #IGNORED_LABEL} for none. */
    public static final String COPIED = "copied";

    /** What is known of each node of a graph. */
    public static final String FEATURES = "features";
    /** Which nodes of a graph an edge joins: 1, or 0 for none. */
    public static final String EDGES = "edges";
    /** The frames that the position before says, zeros at first. */
    public static final String SPOKEN = "spoken";
    /** The frames that each position is to say. */
    public static final String FRAMES = "frames";
    /** How many frames of a row of {@link #FRAMES} are real. */
    public static final String FRAME_COUNTS = "frameCounts";

    /** Frames of recordings. */
    public static final String SOUND = "sound";
    /** How many frames of a row of {@link #SOUND} are real. */
    public static final String SOUND_LENGTHS = "soundLengths";
    /** The class of each object on a picture. */
    public static final String OBJECTS = "objects";
    /** How many of a row of {@link #OBJECTS} are real. */
    public static final String COUNTS = "counts";
    /** Center, width and height of each of {@link #OBJECTS}, as shares of the picture. */
    public static final String BOXES = "boxes";

    /** Colors of pictures, scaled. */
    public static final String PIXELS = "pixels";

    public Batch {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        reals = Collections.unmodifiableMap(new LinkedHashMap<>(reals));
    }

    /** A batch of whole numbers alone. */
    public Batch(Map<String, IntTensor> tensors, int labelCount) {
        this(tensors, Map.of(), labelCount);
    }

    /**
     * One of the tensors of whole numbers.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public IntTensor tensor(String name) {
        IntTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("a batch with " + tensors.keySet() + " has no \"" + name + "\"");
        }
        return tensor;
    }

    /**
     * One of the tensors of real numbers.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public RealTensor real(String name) {
        RealTensor tensor = reals.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("a batch with " + reals.keySet() + " has no \"" + name + "\"");
        }
        return tensor;
    }

    /** This batch with another tensor of whole numbers, in the place of one of that name that it has, or beside all. */
    public Batch with(String name, IntTensor tensor) {
        Map<String, IntTensor> others = new LinkedHashMap<>(tensors);
        others.put(name, tensor);
        return new Batch(others, reals, labelCount);
    }

    /** How many tokens are real: those that are read, or, of pairs, those that are written. */
    public long tokens() {
        IntTensor lengths = tensor(tensors.containsKey(LENGTHS) ? LENGTHS : TARGET_LENGTHS);
        return Arrays.stream(lengths.values()).asLongStream().sum();
    }

    /** How many rows it has: windows of text, pairs, or texts or pictures with labels or boxes. */
    public int rows() {
        return tensors.values().iterator().next().size(0);
    }
}
