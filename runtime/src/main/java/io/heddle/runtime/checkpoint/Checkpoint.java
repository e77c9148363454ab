package io.heddle.runtime.checkpoint;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.model.Model;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.files.AtomicFolder;
import io.heddle.runtime.messages.CheckpointMessages;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.States;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.SafetensorsWriter;
import io.heddle.runtime.weights.TensorArrays;
import io.heddle.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A folder with all that it takes to go on training, or to write.
 *
 * <pre>
 *   checkpoint/model.json             the architecture
 *   checkpoint/recipe.json            the training
 *   checkpoint/weights.safetensors    the weights that the training leaves, by path
 *   checkpoint/last.safetensors       those that it goes on from, where it keeps others
 *   checkpoint/optimizer.safetensors  what the optimizer remembers, and a baseline of rewards, and how far the
 *                                     training had come
 *   checkpoint/memory.safetensors     what the model remembers of its text, if it does
 *   checkpoint/tokenizer/             how text becomes token ids, where there is text
 * </pre>
 *
 * <p>It is written aside and moved into place, see {@link AtomicFolder}: a kill at any moment leaves a whole one.
 */
public final class Checkpoint {
    private static final String FOLDER = "checkpoint";
    private static final String MODEL = "model.json";
    private static final String RECIPE = "recipe.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String LAST = "last.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String BASELINE = "baseline";
    private static final String MEMORY = "memory.safetensors";

    /** About what a safetensors header says of each tensor: its name, type, shape and place. */
    private static final long HEADER_LINE = 100;

    private final Path folder;

    private Checkpoint(Path folder) {
        this.folder = folder;
    }

    /** The newest whole checkpoint of a run; empty when there is none. */
    public static Optional<Checkpoint> find(Path run) {
        return AtomicFolder.find(run.resolve(FOLDER)).map(Checkpoint::new);
    }

    /**
     * The newest whole checkpoint of a run.
     *
     * @throws ProblemsException when there is none
     */
    public static Checkpoint open(Path run) {
        return find(run).orElseThrow(() -> new ProblemsException(missing(run)));
    }

    private static Problem missing(Path run) {
        if (Files.isDirectory(run)) {
            Path above = run.toAbsolutePath().normalize().getParent();
            return Files.exists(run.resolve(WEIGHTS)) && above != null && find(above).isPresent()
                    ? CheckpointMessages.inside(run, above)
                    : trial(run).map(trial -> CheckpointMessages.comparison(run, trial))
                            .orElseGet(() -> CheckpointMessages.nothing(run));
        }
        return Files.exists(run) ? CheckpointMessages.file(run) : CheckpointMessages.missing(run);
    }

    /** The first trial that has a checkpoint, of a folder that a comparison was written to. */
    private static Optional<Path> trial(Path folder) {
        Path trials = folder.resolve("runs");
        if (!Files.isDirectory(trials)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(trials)) {
            return all.sorted().filter(trial -> find(trial).isPresent()).findFirst();
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(trials.toString(), cause), cause);
        }
    }

    /**
     * Replaces the checkpoint of a run.
     *
     * @param tokenizers of its text; empty where there is none
     * @param memory what the model remembers of the rows of each batch of a step
     * @param baseline what was learned of the rewards to expect, if anything is
     * @throws ProblemsException when it cannot be written; the one before is then as it was
     */
    public static void write(
            Path run,
            Model model,
            Recipe recipe,
            Optional<Tokenizers> tokenizers,
            TrainedWeights weights,
            SequencedMap<String, ParameterBuffer> optimizer,
            List<States> memory,
            Optional<INDArray> baseline,
            Progress progress) {
        List<TensorSource> kept = new ArrayList<>();
        for (int pass = 0; pass < memory.size(); pass++) {
            String prefix = prefix(pass);
            memory.get(pass).tensors().forEach((name, array) -> kept.add(new TensorSource.Array(prefix + name, array)));
        }
        AtomicFolder.write(run.resolve(FOLDER), bytes(weights, optimizer) + bytes(memory), folder -> {
            Files.writeString(folder.resolve(MODEL), ModelJson.write(model));
            Files.writeString(folder.resolve(RECIPE), RecipeJson.write(recipe));
            if (tokenizers.isPresent()) {
                tokenizers.get().save(folder);
            }
            List<TensorSource> remembered = new ArrayList<>();
            optimizer.forEach((name, buffer) -> remembered.addAll(sources(name + "/", buffer)));
            baseline.ifPresent(learned -> remembered.add(new TensorSource.Array(BASELINE, learned)));
            Map<String, String> mark =
                    weights.kept().map(found -> found.mark().words()).orElse(Map.of());
            SafetensorsWriter.write(folder.resolve(WEIGHTS), mark, sources("", weights.left()));
            if (weights.kept().isPresent()) {
                SafetensorsWriter.write(folder.resolve(LAST), Map.of(), sources("", weights.last()));
            }
            SafetensorsWriter.write(folder.resolve(OPTIMIZER), progress.words(), remembered);
            if (!kept.isEmpty()) {
                SafetensorsWriter.write(folder.resolve(MEMORY), Map.of(), kept);
            }
        });
    }

    /**
     * Replaces the checkpoint of a run by one that no training wrote: it has no recipe, nothing that an optimizer remembers,
     * and whatever tokenizer and other files {@code beside} writes into its folder.
     *
     * @throws ProblemsException when it cannot be written; the one before is then as it was
     */
    public static void writeImported(
            Path run, Model model, List<TensorSource.Made> weights, AtomicFolder.Body beside) {
        long bytes = weights.stream()
                .mapToLong(made -> HEADER_LINE
                        + made.shape().stream().reduce((long) made.type().width(), (left, right) -> left * right))
                .sum();
        AtomicFolder.write(run.resolve(FOLDER), bytes, folder -> {
            Files.writeString(folder.resolve(MODEL), ModelJson.write(model));
            SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of(), List.copyOf(weights));
            beside.write(folder);
        });
    }

    /**
     * How many bytes the tensors of a checkpoint take on the disk, nearly: the rest of it is small, except for tokenizers that
     * bring large files.
     */
    public static long bytes(TrainedWeights weights, SequencedMap<String, ParameterBuffer> optimizer) {
        ParameterBuffer last = weights.last();
        long buffers = 1L + weights.kept().stream().count() + optimizer.size();
        long numbers = last.layout().parameters() * last.precision().bytes();
        return buffers * (numbers + HEADER_LINE * last.layout().entries().size());
    }

    private static long bytes(List<States> memory) {
        return memory.stream()
                .flatMap(states -> states.tensors().values().stream())
                .mapToLong(array -> array.length() * array.dataType().width() + HEADER_LINE)
                .sum();
    }

    private static String prefix(int pass) {
        return pass + "/";
    }

    private static List<TensorSource> sources(String prefix, ParameterBuffer buffer) {
        List<TensorSource> sources = new ArrayList<>();
        buffer.tensors().forEach((name, array) -> sources.add(new TensorSource.Array(prefix + name, array)));
        return sources;
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** The architecture. */
    public Model model() {
        Path file = folder.resolve(MODEL);
        return ModelJson.read(text(file), file.toString());
    }

    /** The training. */
    public Recipe recipe() {
        Path file = folder.resolve(RECIPE);
        return RecipeJson.read(text(file), file.toString());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException broken) {
            throw new ProblemsException(CheckpointMessages.notUtf8(file), broken);
        } catch (NoSuchFileException gone) {
            throw new ProblemsException(CheckpointMessages.missingFile(file), gone);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(file.toString(), cause), cause);
        }
    }

    /** Whether it says how text becomes token ids: imported ones may not, and what looks at pictures does not. */
    public boolean hasTokenizer() {
        return Tokenizers.areIn(folder);
    }

    /** How text becomes token ids. */
    public Tokenizers tokenizers() {
        return Tokenizers.load(folder);
    }

    /** How far the training had come. */
    public Progress progress() {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(OPTIMIZER));
        return Progress.of(file.metadata(), file.place());
    }

    /**
     * The file of the weights.
     *
     * @throws ProblemsException when it is broken
     */
    public SafetensorsFile weights() {
        return SafetensorsFile.open(folder.resolve(WEIGHTS));
    }

    /**
     * Reads the weights that the training leaves: the last ones, or those that it keeps.
     *
     * @throws ProblemsException when the file is broken, or does not hold exactly these weights
     */
    public void loadWeights(ParameterBuffer weights) {
        load(weights(), "", weights);
    }

    /**
     * Reads the weights that the training goes on from.
     *
     * @throws ProblemsException when the file is missing or broken, or does not hold exactly these weights
     */
    public void loadLastWeights(ParameterBuffer weights) {
        load(keptMark().isPresent() ? SafetensorsFile.open(folder.resolve(LAST)) : weights(), "", weights);
    }

    /** Which weights are kept; empty where they are the last. */
    public Optional<KeptMark> keptMark() {
        SafetensorsFile file = weights();
        return KeptMark.of(file.metadata(), file.place());
    }

    /**
     * Reads what the optimizer remembers.
     *
     * @throws ProblemsException when the file is broken, or does not hold exactly that
     */
    public void loadOptimizer(SequencedMap<String, ParameterBuffer> optimizer) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(OPTIMIZER));
        optimizer.forEach((name, buffer) -> load(file, name + "/", buffer));
    }

    /**
     * What was learned of the rewards to expect.
     *
     * @throws ProblemsException when the file is broken, or does not hold that
     */
    public INDArray baseline() {
        return TensorArrays.mapped(SafetensorsFile.open(folder.resolve(OPTIMIZER)), BASELINE);
    }

    /**
     * Reads what the model remembers of its text.
     *
     * @throws ProblemsException when the file is missing or broken, or does not hold that
     */
    public void loadMemory(List<States> memory) {
        if (memory.stream().allMatch(states -> states.tensors().isEmpty())) {
            return;
        }
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(MEMORY));
        for (int pass = 0; pass < memory.size(); pass++) {
            memory.get(pass).load(values(file, prefix(pass)), file.place());
        }
    }

    private static void load(SafetensorsFile file, String prefix, ParameterBuffer target) {
        target.load(values(file, prefix), file.place());
    }

    private static Map<String, INDArray> values(SafetensorsFile file, String prefix) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), TensorArrays.mapped(file, name));
            }
        }
        return values;
    }
}
