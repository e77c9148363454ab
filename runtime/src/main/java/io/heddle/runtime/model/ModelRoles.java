package io.heddle.runtime.model;

import io.heddle.model.Attention;
import io.heddle.model.Classify;
import io.heddle.model.Convolution;
import io.heddle.model.Copying;
import io.heddle.model.Extents;
import io.heddle.model.FrameInput;
import io.heddle.model.InputComponent;
import io.heddle.model.Logits;
import io.heddle.model.Model;
import io.heddle.model.Position;
import io.heddle.model.Stack;
import io.heddle.model.TokenInput;
import io.heddle.rules.Writing;
import io.heddle.rules.Writings;
import io.heddle.runtime.data.PositionLimit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the inputs of a language model are for.
 *
 * @param logits scores the tokens that are written
 * @param written the input below the logits: text, the target of a translation, or copies of its source
 * @param read the other token input, the source of a translation; empty for a model that only writes on
 * @param heard frames of sound that it reads; empty for a model that hears nothing
 * @param memory how many positions before those of a batch are remembered at the most, 0 for none
 * @param length foretells how many tokens are written, where all are written at once; empty where one follows the other
 */
public record ModelRoles(
        Logits logits,
        InputComponent written,
        Optional<TokenInput> read,
        Optional<FrameInput> heard,
        int memory,
        Optional<Classify> length) {
    /** Whether all tokens are written at once. */
    public boolean writesAtOnce() {
        return length.isPresent();
    }

    /** How long a source may be; empty where there is no bound, or no source. */
    public Optional<PositionLimit> readLimit() {
        return read.flatMap(ModelRoles::limit);
    }

    /** How long what is written may be; empty where there is no bound. */
    public Optional<PositionLimit> writtenLimit() {
        return limit(written);
    }

    /** How many positions of sound it may hear, counted behind the convolutions; empty where there is no bound. */
    public Optional<PositionLimit> heardLimit() {
        return heard.flatMap(ModelRoles::limit);
    }

    /**
     * How many positions the convolutions of an input make of so many frames: of each, the frames by its stride, rounded
     * up.
     */
    public static int positions(FrameInput input, int frames) {
        int positions = frames;
        for (Convolution convolution : input.getConvolutions()) {
            positions = Math.ceilDiv(positions, convolution.getStride());
        }
        return positions;
    }

    /** How many words are scored, beside which those of the source may be copied; empty where none may. */
    public OptionalInt copied() {
        return switch (logits.getCopying()) {
            case Copying.None _ -> OptionalInt.empty();
            case Copying.From _ -> OptionalInt.of(logits.getVocabulary());
        };
    }

    /** How long a sequence may be that an input reads; empty where there is no bound. */
    public static Optional<PositionLimit> limit(InputComponent input) {
        return input.getPosition() instanceof Position.Learned learned
                ? Optional.of(new PositionLimit(input.getName(), learned.getLength()))
                : Optional.empty();
    }

    /**
     * The roles in a model with one logits over one or two token inputs, or over one beside frames, which {@code Recipe.check(model)} has seen.
     *
     * @throws IllegalArgumentException when the model has no logits over tokens
     */
    public static ModelRoles of(Model model) {
        return find(model)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + model.getName() + "\" has no logits over tokens."));
    }

    /** The roles in a model; empty when it has no logits over tokens. */
    public static Optional<ModelRoles> find(Model model) {
        return switch (Writings.getWriting(model)) {
            case Writing.WordByWord _ -> wordByWord(model);
            case Writing.AllAtOnce all -> Optional.of(new ModelRoles(
                    all.getWords(),
                    all.getBlanks(),
                    Optional.of(all.getRead()),
                    Optional.empty(),
                    memory(model),
                    Optional.of(all.getLength())));
        };
    }

    private static Optional<ModelRoles> wordByWord(Model model) {
        for (var component : model.getComponents()) {
            if (component instanceof Logits logits
                    && model.component(Extents.inputBelow(model, logits.getInput())) instanceof TokenInput written) {
                Optional<TokenInput> read = model.getComponents().stream()
                        .filter(TokenInput.class::isInstance)
                        .map(TokenInput.class::cast)
                        .filter(input -> !input.equals(written))
                        .findFirst();
                Optional<FrameInput> heard = model.getComponents().stream()
                        .filter(FrameInput.class::isInstance)
                        .map(FrameInput.class::cast)
                        .findFirst();
                return Optional.of(new ModelRoles(logits, written, read, heard, memory(model), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private static int memory(Model model) {
        return model.getComponents().stream()
                .filter(Stack.class::isInstance)
                .flatMap(stack -> ((Stack) stack).getLayers().stream())
                .flatMap(layer -> layer.getParts().stream())
                .filter(Attention.class::isInstance)
                .mapToInt(part -> ((Attention) part).getMemory())
                .max()
                .orElse(0);
    }
}
