package io.heddle.runtime.attention;

import io.heddle.check.ProblemsException;
import io.heddle.graph.Op;
import io.heddle.lowering.AttentionWeights;
import io.heddle.lowering.Names;
import io.heddle.model.Attending;
import io.heddle.model.Attention;
import io.heddle.model.Component;
import io.heddle.model.Copying;
import io.heddle.model.CrossAttention;
import io.heddle.model.Extents;
import io.heddle.model.InputComponent;
import io.heddle.model.Logits;
import io.heddle.model.Model;
import io.heddle.model.Stack;
import io.heddle.rules.AttentionPlace;
import io.heddle.runtime.data.RealTensor;
import io.heddle.runtime.messages.RecordingMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Reads a text once and keeps what attentions gave to each position, {@code softmax(scores)} (arXiv 1706.03762, equation
 * 1). What the model computes besides is what it computes without a recorder, number by number: weights are computed
 * beside it, from the same queries and keys.
 */
public final class AttentionRecorder {
    private final RunnableModel model;
    private final List<AttentionPlace> places;

    /**
     * A recorder of attentions of a model.
     *
     * @param places attentions that have weights, see {@link AttentionWeights#weightless}
     */
    public AttentionRecorder(RunnableModel model, List<AttentionPlace> places) {
        this.model = model;
        this.places = List.copyOf(places);
    }

    /**
     * What the attentions look at while these tokens are read; nothing is remembered of a text before.
     *
     * @param tokens of each token input, by its name
     * @throws ProblemsException when there are more tokens than positions, the model reads more than tokens, or one of the
     *     attentions has no weights
     */
    public List<RecordedAttention> read(Map<String, int[]> tokens) {
        return read(tokens, Map.of());
    }

    /**
     * The same of a model that speaks.
     *
     * @param spoken what each position of an input of spoken frames reads, {@code [positions, numbers]}, by its name
     */
    public List<RecordedAttention> read(Map<String, int[]> tokens, Map<String, RealTensor> spoken) {
        tokens.forEach((input, ids) -> requirePositions(input, ids.length));
        spoken.forEach((input, frames) -> requirePositions(input, frames.size(0)));
        Executable executable = model.recording(places);
        requireAll(executable, Stream.concat(tokens.keySet().stream(), spoken.keySet().stream()).toList());
        Map<String, Long> sizes = new HashMap<>();
        sizes.put("batch", 1L);
        tokens.forEach((input, ids) -> sizes.put(input, (long) ids.length));
        spoken.forEach((input, frames) -> sizes.put(input, (long) frames.size(0)));
        Program program = executable.bind(sizes, model.engine().states(executable.graph(), sizes));
        executable.graph().getInputs().forEach(node -> {
            String name = ((Op.Input) node.getOp()).getName();
            feed(program, name, tokens);
            say(program, name, spoken);
        });
        model.model().getComponents().forEach(head -> copied(head)
                .ifPresent(
                        source -> program.setInput(Names.copies(head.getName()), new int[tokens.get(source).length])));
        program.run();
        return places.stream().map(place -> recorded(place, program)).toList();
    }

    private void requirePositions(String input, int count) {
        ModelRoles.limit((InputComponent) model.model().component(input))
                .filter(limit -> limit.positions() < count)
                .ifPresent(limit -> {
                    throw new ProblemsException(
                            RecordingMessages.longerThanPositions(input, count, limit.positions()));
                });
    }

    private void requireAll(Executable executable, List<String> given) {
        List<String> others = new ArrayList<>();
        executable.graph().getInputs().forEach(node -> {
            String name = ((Op.Input) node.getOp()).getName();
            if (given.stream().noneMatch(input -> comesWith(input, name)) && !isOfCopies(name)) {
                others.add(name);
            }
        });
        if (!others.isEmpty()) {
            throw new ProblemsException(RecordingMessages.readsMore(model.model().getName(), others));
        }
    }

    /** Whether a graph's input is the tokens of {@code input}, or follows from them. */
    private static boolean comesWith(String input, String name) {
        return List.of(input, Names.lengths(input), Names.remembered(input), Names.segments(input)).contains(name);
    }

    /** The source of a head that copies. What is copied changes what is said, and nothing of what is looked at. */
    private static Optional<String> copied(Component head) {
        return head instanceof Logits logits && logits.getCopying() instanceof Copying.From from
                ? Optional.of(from.getSource())
                : Optional.empty();
    }

    private boolean isOfCopies(String name) {
        return model.model().getComponents().stream()
                .anyMatch(head -> copied(head).isPresent() && Names.copies(head.getName()).equals(name));
    }

    private static void feed(Program program, String name, Map<String, int[]> tokens) {
        tokens.forEach((input, ids) -> {
            if (name.equals(input)) {
                program.setInput(name, ids);
            } else if (name.equals(Names.lengths(input))) {
                program.setInput(name, new int[] {ids.length});
            } else if (name.equals(Names.remembered(input))) {
                program.setInput(name, new int[1]);
            } else if (name.equals(Names.segments(input))) {
                program.setInput(name, new int[ids.length]);
            }
        });
    }

    private static void say(Program program, String name, Map<String, RealTensor> spoken) {
        spoken.forEach((input, frames) -> {
            if (name.equals(input)) {
                program.setInput(name, frames.values());
            } else if (name.equals(Names.lengths(input))) {
                program.setInput(name, new int[] {frames.size(0)});
            }
        });
    }

    private RecordedAttention recorded(AttentionPlace place, Program program) {
        INDArray all = program.output(Names.attentionWeights(place.getPath())).slice(0);
        // Nothing was read before, so that what would be remembered of it is hidden.
        long hidden = place.getAttention() instanceof Attention self ? self.getMemory() : 0;
        INDArray weights = all.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(hidden, all.size(2)));
        Model described = model.model();
        Stack stack = (Stack) described.component(place.getStack());
        String below = Extents.inputBelow(described, stack.getInput());
        var queries = new AttentionAxis.Positions(below, Math.toIntExact(weights.size(1)));
        return new RecordedAttention(
                place, queries, keys(place.getAttention(), below, Math.toIntExact(weights.size(2))), weights.dup());
    }

    private AttentionAxis keys(Attending attention, String below, int count) {
        String input = switch (attention) {
            case Attention _ -> below;
            case CrossAttention cross -> Extents.inputBelow(model.model(), cross.getFrom());
        };
        return switch (AttentionWeights.getWeightsOver(attention)) {
            case Positions -> new AttentionAxis.Positions(input, count);
            case Mixtures -> new AttentionAxis.Mixtures(input, count);
            case Nothing -> throw new IllegalStateException("There are no weights.");
        };
    }
}
