package io.heddle.runtime.files;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.WritingMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one writer for as long as it writes: a file {@value #NAME} in it, locked by the operating system, which
 * lets go of it when a process ends, however it ends. The file stays; it holds the id of the process that had it last.
 */
public final class FolderLock implements AutoCloseable {
    /** The file that is locked. */
    public static final String NAME = "heddle.lock";

    /** A process asks for its own locks here: the system would let go of one when the file is closed a second time. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final int LONGEST_ID = 20;

    private final Path held;
    private final FileChannel channel;

    private FolderLock(Path held, FileChannel channel) {
        this.held = held;
        this.channel = channel;
    }

    /**
     * Takes a folder, which is made when it is missing.
     *
     * @param doing what is done in it, for the problem: {@code training}
     * @throws ProblemsException when somebody else has it, or it cannot be written to
     */
    public static FolderLock take(Path folder, String doing) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new ProblemsException(WritingMessages.fileInTheWay(folder));
        }
        try {
            Files.createDirectories(absolute);
            Path real = absolute.toRealPath();
            if (!HELD.add(real)) {
                throw taken(folder, doing, ProcessHandle.current().pid() + "");
            }
            return lock(folder, doing, real);
        } catch (IOException cause) {
            throw WriteFailures.of(folder, folder, 0, cause);
        }
    }

    private static FolderLock lock(Path folder, String doing, Path real) throws IOException {
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(
                    real.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(folder, doing, holder(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            locked = true;
            return new FolderLock(real, channel);
        } finally {
            if (!locked) {
                HELD.remove(real);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_ID);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    private static ProblemsException taken(Path folder, String doing, String process) {
        return new ProblemsException(WritingMessages.taken(folder, process, doing));
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        HELD.remove(held);
        try {
            channel.close();
        } catch (IOException cause) {
            throw WriteFailures.of(held, held, 0, cause);
        }
    }
}
