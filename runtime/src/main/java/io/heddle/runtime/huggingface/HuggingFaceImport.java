package io.heddle.runtime.huggingface;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.graph.Start;
import io.heddle.huggingface.HuggingFaceModel;
import io.heddle.huggingface.HuggingFaceModels;
import io.heddle.lowering.Lowering;
import io.heddle.lowering.Purpose;
import io.heddle.model.Model;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.exchange.WeightExport;
import io.heddle.runtime.exchange.WeightFiles;
import io.heddle.runtime.exchange.WeightImport;
import io.heddle.runtime.exchange.WeightNames;
import io.heddle.runtime.messages.ImportMessages;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.weights.ElementType;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.TensorEntry;
import io.heddle.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model of Hugging Face transformers, read strictly: what its configuration says is understood or told, and every tensor
 * is used once or told. Numbers are read when they are written, tensor by tensor: a model may be larger than memory.
 */
public final class HuggingFaceImport {
    private final HuggingFaceFolder folder;
    private final HuggingFaceModel described;
    private final ParameterLayout layout;
    private final List<TensorSource.Made> sources;
    private final Optional<Tokenizer> tokenizer;

    private HuggingFaceImport(
            HuggingFaceFolder folder,
            HuggingFaceModel described,
            ParameterLayout layout,
            List<TensorSource.Made> sources,
            Optional<Tokenizer> tokenizer) {
        this.folder = folder;
        this.described = described;
        this.layout = layout;
        this.sources = List.copyOf(sources);
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a folder with {@code config.json}, {@code model.safetensors} (or several files with an index) and, where there is
     * one, {@code tokenizer.json}.
     *
     * @throws ProblemsException with everything that does not fit
     */
    public static HuggingFaceImport read(Path path) {
        HuggingFaceFolder folder = HuggingFaceFolder.open(path);
        TextFile config = folder.config();
        HuggingFaceModel described =
                HuggingFaceModels.read(config.text(), config.name(), folder.weights().names());
        ParameterLayout layout = ParameterLayout.of(Lowering.lower(described.getModel(), Purpose.Inference));
        List<Problem> problems = new ArrayList<>();
        Optional<Tokenizer> tokenizer = Optional.empty();
        try {
            tokenizer = folder.tokenizer();
        } catch (ProblemsException broken) {
            problems.addAll(broken.getProblems());
        }
        try {
            DataType type = type(folder.weights());
            List<TensorSource.Made> sources = new ArrayList<>(WeightImport.sources(
                    layout.only(entry -> !isDrawn(entry)), folder.weights(), names(described), type));
            sources.addAll(drawn(layout, type));
            if (problems.isEmpty()) {
                return new HuggingFaceImport(folder, described, layout, sources, tokenizer);
            }
        } catch (ProblemsException broken) {
            problems.addAll(0, broken.getProblems());
        }
        throw new ProblemsException(problems);
    }

    /** The directions that hash are drawn by every program for itself, and stand in no file. */
    private static boolean isDrawn(ParameterLayout.Entry entry) {
        return entry.start() instanceof Start.Directions;
    }

    private static List<TensorSource.Made> drawn(ParameterLayout layout, DataType type) {
        ParameterLayout drawn = layout.only(HuggingFaceImport::isDrawn);
        if (drawn.entries().isEmpty()) {
            return List.of();
        }
        Precision precision = type == DataType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
        ParameterBuffer buffer = ParameterBuffer.initialized(drawn, precision, 0);
        return drawn.entries().values().stream()
                .map(entry -> new TensorSource.Made(
                        entry.name(), type, entry.shape(), () -> buffer.tensor(entry.name()).dup()))
                .toList();
    }

    /** What the family calls its tensors. */
    static WeightNames names(HuggingFaceModel described) {
        return WeightNames.huggingFace(described.getFamily()).without(described.getPrefix());
    }

    /** In floats nothing is lost, unless the file itself has more. */
    private static DataType type(WeightFiles files) {
        boolean wide = files.files().stream()
                .flatMap(file -> file.entries().stream())
                .anyMatch(entry -> entry.type() == ElementType.F64);
        return wide ? DataType.DOUBLE : DataType.FLOAT;
    }

    /** The model, in Heddle's words. */
    public Model model() {
        return described.getModel();
    }

    /** What the reference does with these weights and Heddle does not, though every one of them is read. */
    public List<Problem> notes() {
        return described.getNotes();
    }

    /** A value for each of its weights, read anew at each call. */
    public Map<String, INDArray> weights() {
        return sources.stream()
                .collect(Collectors.toUnmodifiableMap(
                        TensorSource::name, source -> source.maker().get()));
    }

    /** Whether the folder says how text becomes tokens. */
    public boolean hasTokenizer() {
        return tokenizer.isPresent();
    }

    /** How many tensors the folder has. */
    public int tensors() {
        return folder.weights().names().size();
    }

    /** How many numbers the model's weights have. */
    public long parameters() {
        return layout.parameters();
    }

    /**
     * Writes a checkpoint into the folder of a run, with all that it takes to write the model's own folder again.
     *
     * @throws ProblemsException when there is a checkpoint already, or it cannot be written
     */
    public void write(Path run) {
        if (Checkpoint.find(run).isPresent()) {
            throw new ProblemsException(ImportMessages.taken(run));
        }
        Checkpoint.writeImported(run, model(), sources, checkpoint -> {
            if (tokenizer.isPresent()) {
                Tokenizers.shared(tokenizer.get()).save(checkpoint);
            }
            KeptFolder.write(checkpoint, folder, kept());
        });
    }

    /** The tensors that no weight is made of. */
    private List<TensorSource> kept() {
        WeightExport export = WeightExport.of(layout, names(described));
        List<TensorSource> kept = new ArrayList<>();
        for (SafetensorsFile file : folder.weights().files()) {
            for (TensorEntry entry : file.entries()) {
                if (!export.has(entry.name())) {
                    kept.add(new TensorSource.Memory(
                            entry.name(), entry.type(), entry.shape(), file.segment(entry.name())));
                }
            }
        }
        return kept;
    }
}
