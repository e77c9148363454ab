package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of weights that lie in several files, of which an index tells what is where. */
public final class ShardMessages {
    private static final String TAKE_BOTH = "Take the index and its files from one place.";

    private ShardMessages() {}

    /** There are no weights in the folder. */
    public static Problem noWeights(Path folder, String file) {
        return new Problem(
                folder.toString(),
                "the folder holds no " + file,
                "Nor has it an index of several. In Python, model.save_pretrained(folder, safe_serialization=True) writes it.");
    }

    /** The index is no JSON, or says nothing. */
    public static Problem noIndex(String index) {
        return new Problem(
                index,
                "it does not say which file holds which tensor",
                "It would begin: {\"weight_map\": {\"tensor\": \"model-00001-of-00002.safetensors\", ...");
    }

    /** The index says something else than the name of a file beside it. */
    public static Problem noFileName(String index, String tensor, String found) {
        return new Problem(
                index,
                "the file of a tensor is no file beside the index",
                List.of(new Fact(tensor, found)),
                TAKE_BOTH);
    }

    /** A file lacks a tensor that the index says it has. */
    public static Problem notThere(String file, String tensor, String index) {
        return new Problem(
                file, "tensor \"" + tensor + "\" is missing", List.of(new Fact("index", index)), TAKE_BOTH);
    }

    /** A file has a tensor of which the index says nothing, or something else. */
    public static Problem notSaid(String file, String tensor, String index) {
        return new Problem(
                file,
                "the index does not say that tensor \"" + tensor + "\" is here",
                List.of(new Fact("index", index)),
                TAKE_BOTH);
    }
}
