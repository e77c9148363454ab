package io.heddle.runtime.files;

import io.heddle.check.ProblemsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Works on a folder with everything in it. */
public final class FolderTree {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private FolderTree() {}

    /**
     * Deletes a folder with everything in it; does nothing when there is none.
     *
     * @throws ProblemsException when something of it cannot be deleted
     */
    public static void remove(Path folder) {
        try {
            delete(folder);
        } catch (IOException cause) {
            throw WriteFailures.of(folder, folder, 0, cause);
        }
    }

    /** Deletes a file, or a folder with everything in it; does nothing when there is none. Links are not followed. */
    static void delete(Path path) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path each : innermostFirst(path)) {
            Files.deleteIfExists(each);
        }
    }

    /** Waits until every file under a folder, and every folder's list of names, is on the disk. */
    static void sync(Path folder) throws IOException {
        for (Path each : innermostFirst(folder)) {
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                syncNames(each);
            } else {
                try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Waits until a folder's list of names, and so a move in it, is on the disk. */
    static void syncNames(Path folder) throws IOException {
        // Windows opens no folders and writes their names through by itself.
        if (!WINDOWS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static List<Path> innermostFirst(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
