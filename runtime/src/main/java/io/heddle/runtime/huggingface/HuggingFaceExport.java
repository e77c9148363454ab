package io.heddle.runtime.huggingface;

import io.heddle.check.ProblemsException;
import io.heddle.huggingface.HuggingFaceModel;
import io.heddle.huggingface.HuggingFaceModels;
import io.heddle.lowering.Lowering;
import io.heddle.lowering.Purpose;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.exchange.WeightExport;
import io.heddle.runtime.files.AtomicFolder;
import io.heddle.runtime.messages.ImportMessages;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.weights.HeaderFile;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.SafetensorsWriter;
import io.heddle.runtime.weights.TensorArrays;
import io.heddle.runtime.weights.TensorEncoder;
import io.heddle.runtime.weights.TensorEntry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the folder of Hugging Face transformers that a checkpoint was imported from, with the weights that it has now. */
public final class HuggingFaceExport {
    private final Checkpoint checkpoint;
    private final KeptFolder kept;

    private HuggingFaceExport(Checkpoint checkpoint, KeptFolder kept) {
        this.checkpoint = checkpoint;
        this.kept = kept;
    }

    /**
     * Opens the checkpoint of a run.
     *
     * @throws ProblemsException when there is none, or it was not imported
     */
    public static HuggingFaceExport open(Path run) {
        Checkpoint checkpoint = Checkpoint.open(run);
        KeptFolder kept = KeptFolder.of(checkpoint)
                .orElseThrow(() -> new ProblemsException(ImportMessages.notImported(run)));
        return new HuggingFaceExport(checkpoint, kept);
    }

    /**
     * Writes {@code config.json}, the weights under their names there, in the types that they were stored in, and the files
     * of the tokenizer.
     *
     * @return how many tensors were written
     * @throws ProblemsException when the folder has something in it already, or cannot be written
     */
    public int write(Path folder) throws IOException {
        if (Files.exists(folder) && (!Files.isDirectory(folder) || holdsSomething(folder))) {
            throw new ProblemsException(ImportMessages.notEmpty(folder));
        }
        SequencedMap<Path, HeaderFile> headers = new TreeMap<>();
        for (Path header : kept.headers()) {
            headers.put(header.getFileName(), HeaderFile.open(header));
        }
        List<String> names = headers.values().stream()
                .flatMap(header -> header.entries().stream())
                .map(TensorEntry::name)
                .toList();
        TextFile config = TextFile.read(kept.config());
        HuggingFaceModel described = HuggingFaceModels.read(config.text(), config.name(), names);
        ParameterLayout layout = ParameterLayout.of(Lowering.lower(checkpoint.model(), Purpose.Inference));
        SafetensorsFile weights = checkpoint.weights();
        layout.require(
                weights.entries().stream().collect(Collectors.toMap(TensorEntry::name, TensorEntry::shape)),
                weights.place());
        Tensors tensors =
                new Tensors(WeightExport.of(layout, HuggingFaceImport.names(described)), weights, kept.kept());
        AtomicFolder.write(folder, 0, into -> {
            kept.copyFiles(into);
            headers.forEach((name, header) -> SafetensorsWriter.write(into.resolve(name), header, tensors::of));
        });
        return names.size();
    }

    private static boolean holdsSomething(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Where the elements of each tensor come from. */
    private record Tensors(WeightExport export, SafetensorsFile weights, SafetensorsFile kept) {
        MemorySegment of(TensorEntry entry, Arena arena) {
            if (!export.has(entry.name())) {
                return kept.segment(entry.name());
            }
            INDArray tensor =
                    export.tensor(entry.name(), entry.sizes(), name -> TensorArrays.mapped(weights, name));
            MemorySegment elements = TensorEncoder.encoded(tensor, entry.type(), arena);
            TensorArrays.letGo(tensor);
            return elements;
        }
    }
}
