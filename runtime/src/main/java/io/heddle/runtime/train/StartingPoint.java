package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.model.TokenInput;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.StartingWeights;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.StartMessages;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.TensorArrays;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The weights of another run, that a training begins with: by their names, each taken or left out by name.
 */
public final class StartingPoint {
    /** A ByteBuffer shows at most 2 GB of a segment. */
    private static final long CHUNK = 1L << 20;

    private final Path run;
    private final StartingWeights.Of said;
    private final Checkpoint checkpoint;
    private final SafetensorsFile file;

    private StartingPoint(Path run, StartingWeights.Of said) {
        this.run = run;
        this.said = said;
        checkpoint = Checkpoint.open(run);
        file = checkpoint.weights();
    }

    /**
     * That of a recipe; empty where weights are drawn.
     *
     * @param base what the recipe's relative paths are relative to
     * @throws ProblemsException when there is no such run, or its weights cannot be read
     */
    public static Optional<StartingPoint> of(Recipe recipe, Path base) {
        return switch (recipe.getStartingWeights()) {
            case StartingWeights.Drawn _ -> Optional.empty();
            case StartingWeights.Of of -> Optional.of(new StartingPoint(base.resolve(of.getRun()).normalize(), of));
        };
    }

    /** The folder that the weights are of. */
    public Path run() {
        return run;
    }

    /** A digest of all its weights. */
    public String digest() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256.", missing);
        }
        file.names().stream().sorted().forEach(name -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            MemorySegment numbers = file.segment(name);
            for (long from = 0; from < numbers.byteSize(); from += CHUNK) {
                long bytes = Math.min(CHUNK, numbers.byteSize() - from);
                digest.update(numbers.asSlice(from, bytes).asByteBuffer());
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The names of the weights that are taken. */
    public List<String> taken() {
        return file.names().stream().filter(name -> !said.leavesOut(name)).toList();
    }

    /** The names of a model's weights that are drawn anew. */
    public List<String> drawn(ParameterLayout layout) {
        List<String> taken = taken();
        return layout.entries().keySet().stream()
                .filter(name -> !taken.contains(name))
                .toList();
    }

    /**
     * Returns when every weight that is taken is one of the model's, in its shape, and tokens mean what they meant.
     *
     * @param tokenizers of what is learned from; empty where there is no text
     * @throws ProblemsException with everything that does not fit
     */
    public void check(Model model, ParameterLayout layout, Optional<Tokenizers> tokenizers) {
        List<Problem> problems = new ArrayList<>();
        List<String> taken = taken();
        for (String name : taken) {
            String shape = Arrays.toString(file.entry(name).sizes());
            layout.find(name).ifPresentOrElse(
                    entry -> {
                        if (!entry.shape().equals(file.entry(name).shape())) {
                            problems.add(StartMessages.otherShape(
                                    file.place(), name, entry.shape().toString(), shape));
                        }
                    },
                    () -> problems.add(StartMessages.notOfTheModel(file.place(), name, shape)));
        }
        for (String pattern : said.getWithout()) {
            if (file.names().stream().noneMatch(name -> new StartingWeights.Of("", List.of(pattern)).leavesOut(name))) {
                problems.add(StartMessages.nothingLeftOut(
                        file.place(), pattern, file.names().getLast()));
            }
        }
        if (taken.isEmpty()) {
            problems.add(StartMessages.nothingTaken(file.place()));
        }
        if (problems.isEmpty()) {
            problems.addAll(otherTokens(model, tokenizers));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private List<Problem> otherTokens(Model model, Optional<Tokenizers> tokenizers) {
        boolean takesTables = model.getComponents().stream()
                .filter(TokenInput.class::isInstance)
                .anyMatch(input -> taken().stream().anyMatch(name -> name.startsWith(input.getName() + "/")));
        if (!takesTables || tokenizers.isEmpty() || !checkpoint.hasTokenizer()) {
            return List.of();
        }
        Tokenizers before = checkpoint.tokenizers();
        return before.equals(tokenizers.get())
                ? List.of()
                : List.of(StartMessages.otherTokens(
                        checkpoint.folder(),
                        before.written().vocabularySize(),
                        tokenizers.get().written().vocabularySize()));
    }

    /** Puts them in the place of a model's drawn weights, after {@link #check}. */
    void load(ParameterBuffer weights) {
        for (String name : taken()) {
            weights.tensor(name).assign(TensorArrays.mapped(file, name));
        }
    }
}
