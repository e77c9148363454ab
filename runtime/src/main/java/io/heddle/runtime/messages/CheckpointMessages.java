package io.heddle.runtime.messages;

import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.Map;

/** What is told of folders that should hold a checkpoint. */
public final class CheckpointMessages {
    private static final String NAME_THE_RUN = "Name the folder that heddle train wrote with --out.";
    private static final String LOST = "Copy the checkpoint again from where it came from, or train anew with --fresh.";

    private CheckpointMessages() {}

    /** There is no folder at the path. */
    public static Problem missing(Path run) {
        return new Problem(run.toString(), "there is no such folder", NAME_THE_RUN);
    }

    /** There is a file at the path. */
    public static Problem file(Path run) {
        return new Problem(run.toString(), "this is a file, and a folder is needed", NAME_THE_RUN);
    }

    /** The folder is of something else. */
    public static Problem nothing(Path run) {
        return new Problem(run.toString(), "the folder holds no checkpoint", NAME_THE_RUN);
    }

    /** The folder is of a comparison, whose trials have checkpoints. */
    public static Problem comparison(Path folder, Path trial) {
        return new Problem(
                folder.toString(),
                "this is the folder of a comparison, which has a checkpoint for each trial",
                "Name the folder of one of its trials, such as " + trial + ".");
    }

    /** The folder is inside of the one that is meant. */
    public static Problem inside(Path run, Path above) {
        return new Problem(run.toString(), "this is the checkpoint itself", "Name the folder around it: " + above);
    }

    /** A file of the checkpoint is gone. */
    public static Problem missingFile(Path file) {
        return new Problem(file.toString(), "there is no such file", LOST);
    }

    /** A file of the checkpoint holds bytes that are no text. */
    public static Problem notUtf8(Path file) {
        return new Problem(file.toString(), "this is not UTF-8 text", LOST);
    }

    /** What the checkpoint says of its progress cannot be read. */
    public static Problem noProgress(String place, Map<String, String> words) {
        return new Problem(
                place,
                "it does not say how far the training had come: " + words,
                "Go on from another checkpoint, or begin anew with --fresh.");
    }
}
