package io.heddle.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The place beside a target where its successor is written: {@code <name>.partial-<process id>}.
 *
 * <p>The process id in the name tells the leftovers of dead processes from what a living one is writing.
 */
final class Partial implements AutoCloseable {
    private static final String MARK = ".partial-";
    private static final Set<Path> WRITTEN_NOW = ConcurrentHashMap.newKeySet();

    private final Path path;

    private Partial(Path path) {
        this.path = path;
    }

    /**
     * Claims the place for this process and removes leftovers of dead ones.
     *
     * @param target absolute, in a folder that exists
     * @throws IllegalStateException when another thread of this process is writing the same target
     */
    static Partial claim(Path target) throws IOException {
        Path path = target.resolveSibling(
                target.getFileName() + MARK + ProcessHandle.current().pid());
        if (!WRITTEN_NOW.add(path)) {
            throw new IllegalStateException("two threads write " + target + " at once");
        }
        Partial partial = new Partial(path);
        try {
            for (Path leftover : leftovers(target)) {
                FolderTree.delete(leftover);
            }
        } catch (IOException cause) {
            partial.release();
            throw cause;
        }
        return partial;
    }

    Path path() {
        return path;
    }

    private void release() {
        WRITTEN_NOW.remove(path);
    }

    /** Deletes what is still there, which is nothing after the move into place, and lets the next writer in. */
    @Override
    public void close() throws IOException {
        try {
            FolderTree.delete(path);
        } finally {
            release();
        }
    }

    private static List<Path> leftovers(Path target) throws IOException {
        String start = target.getFileName() + MARK;
        try (Stream<Path> siblings = Files.list(target.getParent())) {
            return siblings.filter(path -> {
                String name = path.getFileName().toString();
                return name.startsWith(start) && isOfDeadProcess(name.substring(start.length()));
            })
                    .toList();
        }
    }

    private static boolean isOfDeadProcess(String processId) {
        if (!processId.matches("[0-9]{1,18}")) {
            return false;
        }
        long id = Long.parseLong(processId);
        // Under this process's own id lies what an earlier process of the same id left: in a container that is common.
        return id == ProcessHandle.current().pid() || ProcessHandle.of(id).isEmpty();
    }
}
