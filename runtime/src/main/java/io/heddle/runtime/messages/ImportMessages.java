package io.heddle.runtime.messages;

import io.heddle.check.Problem;
import java.nio.file.Path;

/** What is told of folders of Hugging Face transformers, and of checkpoints that were made of them. */
public final class ImportMessages {
    private static final String FOLDER = "Name a folder with config.json and model.safetensors.";
    private static final String ANOTHER = "Name another folder with --out, or empty this one.";

    private ImportMessages() {}

    /** There is no folder at the path. */
    public static Problem missing(Path folder) {
        return new Problem(folder.toString(), "there is no such folder", FOLDER);
    }

    /** There is a file at the path. */
    public static Problem file(Path folder) {
        return new Problem(folder.toString(), "this is a file, and a folder is needed", FOLDER);
    }

    /** The folder holds no model. */
    public static Problem noConfig(Path folder) {
        return new Problem(folder.toString(), "the folder holds no config.json", FOLDER);
    }

    /** A checkpoint would be overwritten. */
    public static Problem taken(Path run) {
        return new Problem(run.toString(), "the folder holds a checkpoint already", ANOTHER);
    }

    /** Something would be overwritten. */
    public static Problem notEmpty(Path folder) {
        return new Problem(folder.toString(), "there is something here already", ANOTHER);
    }

    /** The checkpoint is a training's, and there are no names for its weights elsewhere. */
    public static Problem notImported(Path run) {
        return new Problem(
                run.toString(),
                "this was trained here, and not imported",
                "Only what heddle import wrote can be exported: it knows its names there.");
    }

    /** The model is no language model. */
    public static Problem writesNothing(Path run, String model) {
        return new Problem(
                run.toString(),
                "\"" + model + "\" has no scores over tokens",
                "It can neither write nor foretell a text. A program can run it: see RunnableModel.");
    }

    /** The folder that a model was imported from had no tokenizer. */
    public static Problem noTokenizer(Path run) {
        return new Problem(
                run.toString(),
                "it was imported without a tokenizer",
                "Import a folder with a tokenizer.json beside its config.json.");
    }

    /** Nothing says which token an answer begins with. */
    public static Problem noBeginning(Path run) {
        return new Problem(
                run.toString(),
                "nothing says which token an answer begins with",
                "Add \"decoder_start_token_id\" to the config.json, and import the folder again.");
    }
}
