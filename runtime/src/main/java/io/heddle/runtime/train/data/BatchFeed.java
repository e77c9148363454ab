package io.heddle.runtime.train.data;

import io.heddle.graph.Node;
import io.heddle.lowering.Names;
import io.heddle.model.Classify;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.data.RealTensor;
import io.heddle.runtime.model.BoxRoles;
import io.heddle.runtime.model.GraphRoles;
import io.heddle.runtime.model.LabelRoles;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.PictureRoles;
import io.heddle.runtime.model.SpeakingRoles;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.terms.Pooling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives batches to the programs of one model: which tensor is which input, and which axis is which dim. */
public final class BatchFeed {
    private record Route(String tensor, String input) {}

    private static final String BATCH = "batch";
    private static final String OBJECTS = "objects";

    private final Map<String, Route> sequences = new LinkedHashMap<>();
    private final Map<String, Route> others = new LinkedHashMap<>();
    private final Map<String, Route> vectors = new LinkedHashMap<>();
    private final Map<String, Route> pictures = new LinkedHashMap<>();
    private final Map<String, Route> wanted = new LinkedHashMap<>();
    private final Set<String> normalizers = new LinkedHashSet<>(Set.of(Names.NORMALIZER));
    private Optional<Route> remembered = Optional.empty();
    private Optional<Route> blanks = Optional.empty();
    private Optional<String> lengthNormalizer = Optional.empty();
    private Optional<String> objects = Optional.empty();
    private String lengthTensor = Batch.TARGET_LENGTHS;

    private BatchFeed() {}

    /** A feed for a model that writes, whose inputs have these roles. */
    public static BatchFeed of(ModelRoles roles) {
        BatchFeed feed = new BatchFeed();
        String written = roles.written().getName();
        if (roles.read().isPresent()) {
            String read = roles.read().get().getName();
            feed.sequence(Batch.SOURCE, read);
            feed.other(Batch.SOURCE_LENGTHS, Names.lengths(read));
            if (roles.written() instanceof TokenInput) {
                feed.sequence(Batch.TARGET, written);
            } else {
                feed.blanks = Optional.of(new Route(Batch.TARGET, written));
            }
            feed.other(Batch.TARGET_LENGTHS, Names.lengths(written));
            roles.length().ifPresent(head -> feed.lengths(head, written));
        } else if (roles.heard().isPresent()) {
            String heard = roles.heard().get().getName();
            feed.vectors.put(Batch.SOUND, new Route(Batch.SOUND, heard));
            feed.other(Batch.SOUND_LENGTHS, Names.lengths(heard));
            feed.sequence(Batch.TARGET, written);
            feed.other(Batch.TARGET_LENGTHS, Names.lengths(written));
        } else {
            feed.text(written);
        }
        feed.remembered = roles.memory() > 0
                ? Optional.of(new Route(Batch.REMEMBERED, Names.remembered(written)))
                : Optional.empty();
        if (roles.copied().isPresent()) {
            feed.other(Batch.COPIES, Names.copies(roles.logits().getName()));
        }
        feed.labels(roles.logits().getName());
        return feed;
    }

    /** A feed for a model that says labels of texts. */
    public static BatchFeed of(LabelRoles roles) {
        BatchFeed feed = new BatchFeed();
        feed.text(roles.read().getName());
        feed.labels(roles.labels().getName());
        return feed;
    }

    /** A feed for a model that says classes of pictures. */
    public static BatchFeed of(PictureRoles roles) {
        BatchFeed feed = new BatchFeed();
        feed.pictures.put(Batch.PIXELS, new Route(Batch.PIXELS, roles.seen().getName()));
        feed.labels(roles.labels().getName());
        return feed;
    }

    /** A feed for a model that says what is where on pictures. */
    public static BatchFeed of(BoxRoles roles) {
        BatchFeed feed = new BatchFeed();
        String labels = roles.labels().getName();
        String boxes = roles.boxes().getName();
        feed.pictures.put(Batch.PIXELS, new Route(Batch.PIXELS, roles.seen().getName()));
        feed.other(Batch.OBJECTS, Names.objects(labels));
        feed.other(Batch.COUNTS, Names.counts(labels));
        feed.wanted.put(Batch.BOXES, new Route(Batch.BOXES, Names.boxes(boxes)));
        feed.objects = Optional.of(Batch.OBJECTS);
        return feed;
    }

    /** A feed for a model that says classes of a graph's nodes. */
    public static BatchFeed of(GraphRoles roles) {
        BatchFeed feed = new BatchFeed();
        String nodes = roles.nodes().getName();
        feed.vectors.put(Batch.FEATURES, new Route(Batch.FEATURES, nodes));
        feed.other(Batch.LENGTHS, Names.lengths(nodes));
        roles.edges().ifPresent(edges -> feed.other(Batch.EDGES, edges.getName()));
        feed.labels(roles.labels().getName());
        return feed;
    }

    /** A feed for a model that speaks. */
    public static BatchFeed of(SpeakingRoles roles) {
        BatchFeed feed = new BatchFeed();
        String read = roles.read().getName();
        String before = roles.before().getName();
        String speech = roles.speech().getName();
        feed.sequence(Batch.SOURCE, read);
        feed.other(Batch.SOURCE_LENGTHS, Names.lengths(read));
        feed.vectors.put(Batch.SPOKEN, new Route(Batch.SPOKEN, before));
        feed.other(Batch.LENGTHS, Names.lengths(before));
        feed.wanted.put(Batch.FRAMES, new Route(Batch.FRAMES, Names.labels(speech)));
        feed.other(Batch.FRAME_COUNTS, Names.frames(speech));
        feed.normalizers.add(Names.normalizer(speech));
        return feed;
    }

    private void text(String input) {
        sequence(Batch.IDS, input);
        other(Batch.LENGTHS, Names.lengths(input));
    }

    private void sequence(String tensor, String input) {
        sequences.put(tensor, new Route(tensor, input));
    }

    private void labels(String head) {
        other(Batch.LABELS, Names.labels(head));
        normalizers.add(Names.normalizer(head));
    }

    /** How many tokens are written is a label of its own, or how many each position of the source makes. */
    private void lengths(Classify head, String written) {
        lengthTensor = head.getPooling() == Pooling.Each ? Batch.FERTILITIES : Batch.TARGET_LENGTHS;
        other(lengthTensor, Names.labels(head.getName()));
        other(Batch.COPIED, Names.copied(written));
        lengthNormalizer = Optional.of(Names.normalizer(head.getName()));
    }

    /** How many labels a batch has of how many tokens are written. */
    public long lengthLabels(Batch batch) {
        return lengthNormalizer.isEmpty()
                ? 0
                : Arrays.stream(batch.tensor(lengthTensor).values())
                        .filter(label -> label != Batch.IGNORED_LABEL)
                        .count();
    }

    private void other(String tensor, String input) {
        others.put(input, new Route(tensor, input));
    }

    /** What an executable remembers of the rows of batches that are as large as this one: nothing yet. */
    public States states(Executable executable, Batch batch) {
        return executable.engine().states(executable.graph(), sizes(batch));
    }

    /**
     * The program for the sizes of a batch, with the batch as its input; the normalizer is 1 / (real labels). How many words there
     * are counts nothing, where it is foretold: the loss is that of the words.
     *
     * @param states of the rows of the batch, see {@link #states}
     */
    public Program bind(Executable executable, States states, Batch batch, double normalizer) {
        return bind(executable, states, batch, new Normalizers(normalizer, 0));
    }

    /** The same, where how many words there are counts, too. */
    public Program bind(Executable executable, States states, Batch batch, Normalizers normalizer) {
        Program program = executable.bind(sizes(batch), states);
        remembered.ifPresent(route -> write(program, batch, route));
        sequences.values().forEach(route -> write(program, batch, route));
        Set<String> asked =
                executable.graph().getInputs().stream().map(Node::getPath).collect(Collectors.toSet());
        // What no attention looks at is no input of the graph: lengths of a model without one, edges that no mask names.
        others.values().stream()
                .filter(route -> asked.contains(route.input()))
                .forEach(route -> write(program, batch, route));
        Stream.of(vectors, pictures, wanted)
                .flatMap(routes -> routes.values().stream())
                .forEach(route -> program.setInput(route.input(), batch.real(route.tensor()).values()));
        normalizers.stream().filter(asked::contains)
                .forEach(name -> program.setInput(name, new double[] {normalizer.words()}));
        lengthNormalizer.filter(asked::contains)
                .ifPresent(name -> program.setInput(name, new double[] {normalizer.lengths()}));
        return program;
    }

    private static void write(Program program, Batch batch, Route route) {
        program.setInput(route.input(), batch.tensor(route.tensor()).values());
    }

    /**
     * The tokens of one row of a batch that each input of tokens reads, by the input's name; none, where the model reads no tokens.
     *
     * @param most how many of each at most, from the first on
     */
    public Map<String, int[]> tokens(Batch batch, int row, int most) {
        Map<String, int[]> tokens = new LinkedHashMap<>();
        sequences.forEach((name, route) -> {
            IntTensor ids = batch.tensor(name);
            int begin = row * ids.size(1);
            int real = batch.tensor(lengths(name)).values()[row];
            tokens.put(route.input(), Arrays.copyOfRange(ids.values(), begin, begin + Math.min(real, most)));
        });
        return tokens;
    }

    /**
     * The frames of one row of a batch that a model which speaks reads, by the input's name; none, where the model does not
     * speak.
     *
     * @param most how many positions at most, from the first on
     */
    public Map<String, RealTensor> spoken(Batch batch, int row, int most) {
        Map<String, RealTensor> spoken = new LinkedHashMap<>();
        Optional.ofNullable(vectors.get(Batch.SPOKEN)).ifPresent(route -> {
            RealTensor all = batch.real(Batch.SPOKEN);
            int numbers = all.size(2);
            int begin = row * all.size(1) * numbers;
            int count = Math.min(batch.tensor(Batch.LENGTHS).values()[row], most);
            float[] values = Arrays.copyOfRange(all.values(), begin, begin + count * numbers);
            spoken.put(route.input(), RealTensor.of(values, count, numbers));
        });
        return spoken;
    }

    private static String lengths(String sequence) {
        return switch (sequence) {
            case Batch.SOURCE -> Batch.SOURCE_LENGTHS;
            case Batch.TARGET -> Batch.TARGET_LENGTHS;
            default -> Batch.LENGTHS;
        };
    }

    /** The dims of a model's graphs that a batch has sizes for. */
    public Map<String, Long> sizes(Batch batch) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(BATCH, (long) batch.rows());
        sequences.values().forEach(route -> {
            IntTensor ids = batch.tensor(route.tensor());
            sizes.put(route.input(), (long) ids.size(1));
        });
        objects.ifPresent(tensor -> sizes.put(OBJECTS, (long) batch.tensor(tensor).size(1)));
        blanks.ifPresent(route -> sizes.put(route.input(), (long) batch.tensor(route.tensor()).size(1)));
        vectors.values()
                .forEach(route -> sizes.put(route.input(), (long) batch.real(route.tensor()).size(1)));
        return sizes;
    }
}
