package io.heddle.runtime.experiment;

import static java.util.Comparator.naturalOrder;

import io.heddle.check.ProblemsException;
import io.heddle.experiment.Trial;
import io.heddle.runtime.messages.ReadingMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the folders of trials are called: names that a person finds, and the beginning of the key that tells them apart. */
final class TrialFolders {
    private static final int NAME = 48;
    private static final int KEY = 12;

    private TrialFolders() {}

    /** The folder of a trial: the one that is there, whatever its variant was called when it was made, or a new one. */
    static Path of(Path folders, Trial trial, String key) {
        String end = "-seed-" + trial.getSeed() + "-" + key.substring(0, KEY);
        Path named = folders.resolve(name(trial) + end);
        if (!Files.isDirectory(folders) || Files.isDirectory(named)) {
            return named;
        }
        try (Stream<Path> all = Files.list(folders)) {
            return all.filter(folder -> folder.getFileName().toString().endsWith(end)).min(naturalOrder())
                    .orElse(named);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(folders.toString(), cause), cause);
        }
    }

    private static String name(Trial trial) {
        String name = trial.getConfiguration().getName().replaceAll("[^\\w.-]+", "-");
        return name.substring(0, Math.min(NAME, name.length()));
    }
}
