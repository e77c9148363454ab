package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ShardMessages;
import io.heddle.runtime.weights.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a model: in one safetensors file, or in several of which an index tells what is where.
 *
 * <pre>
 *   model.safetensors                                    all of them, or
 *   model.safetensors.index.json                         {"weight_map": {"wte.weight": "model-00001-of-00002.safetensors", ...}}
 *   model-00001-of-00002.safetensors, ...                each some of them
 * </pre>
 */
public final class WeightFiles {
    /** The file that holds all tensors. */
    public static final String FILE = "model.safetensors";

    /** The file that says which file holds which tensor. */
    public static final String INDEX = "model.safetensors.index.json";

    private final String place;
    private final List<SafetensorsFile> files;
    private final Map<String, SafetensorsFile> holders = new LinkedHashMap<>();

    private WeightFiles(String place, List<SafetensorsFile> files) {
        this.place = place;
        this.files = List.copyOf(files);
        files.forEach(file -> file.names().forEach(name -> holders.put(name, file)));
    }

    /** Those of one file. */
    public static WeightFiles of(SafetensorsFile file) {
        return new WeightFiles(file.place(), List.of(file));
    }

    /**
     * Those of a folder.
     *
     * @throws ProblemsException when there are none, when a file is broken, or when index and files do not fit each other
     */
    public static WeightFiles open(Path folder) {
        if (Files.exists(folder.resolve(FILE))) {
            return of(SafetensorsFile.open(folder.resolve(FILE)));
        }
        if (Files.notExists(folder.resolve(INDEX))) {
            throw new ProblemsException(ShardMessages.noWeights(folder, FILE));
        }
        ShardIndex index = ShardIndex.read(folder.resolve(INDEX));
        List<Problem> problems = new ArrayList<>();
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        index.shards().forEach(shard -> open(folder.resolve(shard), problems).ifPresent(it -> shards.put(shard, it)));
        shards.forEach((shard, file) -> problems.addAll(index.misfits(shard, file)));
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new WeightFiles(index.place(), List.copyOf(shards.values()));
    }

    private static Optional<SafetensorsFile> open(Path file, List<Problem> problems) {
        try {
            return Optional.of(SafetensorsFile.open(file));
        } catch (ProblemsException broken) {
            problems.addAll(broken.getProblems());
            return Optional.empty();
        }
    }

    /** What the tensors are found by, for problems: the file, or the index. */
    public String place() {
        return place;
    }

    /** The files, one or more. */
    public List<SafetensorsFile> files() {
        return files;
    }

    /** The names of all tensors, file by file. */
    public List<String> names() {
        return List.copyOf(holders.keySet());
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String tensor) {
        return holders.containsKey(tensor);
    }

    /**
     * The file that holds a tensor.
     *
     * @throws ProblemsException when there is none of this name
     */
    public SafetensorsFile holder(String tensor) {
        SafetensorsFile file = holders.getOrDefault(tensor, files.getFirst());
        file.entry(tensor);
        return file;
    }
}
