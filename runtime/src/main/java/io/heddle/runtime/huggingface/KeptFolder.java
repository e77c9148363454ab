package io.heddle.runtime.huggingface;

import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.weights.HeaderFile;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.SafetensorsWriter;
import io.heddle.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a checkpoint keeps of the folder that it was imported from, so that the folder can be written again.
 *
 * <pre>
 *   huggingface/files/config.json, tokenizer.json, ...   as they were
 *   huggingface/headers/model.safetensors, ...           which tensors were in which file, and how they were stored
 *   huggingface/kept.safetensors                         tensors that Heddle has no weight for, such as masks
 * </pre>
 */
final class KeptFolder {
    private static final String NAME = "huggingface";
    private static final String FILES = "files";
    private static final String HEADERS = "headers";
    private static final String KEPT = "kept.safetensors";

    private final Path folder;

    private KeptFolder(Path folder) {
        this.folder = folder;
    }

    /** The one of a checkpoint; nothing where it was not imported. */
    static Optional<KeptFolder> of(Checkpoint checkpoint) {
        return Optional.of(checkpoint.folder().resolve(NAME)).filter(Files::isDirectory).map(KeptFolder::new);
    }

    /** Writes one into the folder of a checkpoint. */
    static void write(Path checkpoint, HuggingFaceFolder from, List<TensorSource> kept) throws IOException {
        Path folder = Files.createDirectory(checkpoint.resolve(NAME));
        Path files = Files.createDirectory(folder.resolve(FILES));
        for (Path file : from.smallFiles()) {
            Files.copy(file, files.resolve(file.getFileName()));
        }
        Path headers = Files.createDirectory(folder.resolve(HEADERS));
        for (SafetensorsFile file : from.weights().files()) {
            HeaderFile.of(file).save(headers.resolve(Path.of(file.place()).getFileName()));
        }
        SafetensorsWriter.write(folder.resolve(KEPT), Map.of(), kept);
    }

    /** Copies the files that are no weights into another folder. */
    void copyFiles(Path target) throws IOException {
        for (Path file : list(FILES)) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
    }

    /** The files that held the weights. */
    List<Path> headers() throws IOException {
        return list(HEADERS);
    }

    private List<Path> list(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.sorted().toList();
        }
    }

    Path config() {
        return folder.resolve(FILES).resolve(HuggingFaceFolder.CONFIG);
    }

    SafetensorsFile kept() {
        return SafetensorsFile.open(folder.resolve(KEPT));
    }
}
