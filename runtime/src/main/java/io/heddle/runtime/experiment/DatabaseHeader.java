package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ExperimentStoreMessages;
import io.heddle.runtime.messages.ReadingMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says whose database a file is by its first bytes, so that one that is not ours is not touched: SQLite itself would finish or take
 * back what a killed process began in it (https://sqlite.org/fileformat.html, 1.3).
 */
final class DatabaseHeader {
    /** {@code HDDL} in ASCII. */
    static final int APPLICATION = 0x4844444c;

    /** The schema that is written and read here. */
    static final int VERSION = 2;

    private static final byte[] SIGN = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 100;
    private static final int VERSION_AT = 60;
    private static final int APPLICATION_AT = 68;

    private DatabaseHeader() {}

    /** @throws ProblemsException when the file is there and is not ours, or another Heddle's */
    static void check(Path file) {
        if (Files.notExists(file)) {
            return;
        }
        ByteBuffer header = ByteBuffer.wrap(read(file));
        if (!header.hasRemaining()) {
            return; // a process was killed before it had written anything
        }
        if (header.remaining() < LENGTH || !header.slice(0, SIGN.length).equals(ByteBuffer.wrap(SIGN))) {
            throw new ProblemsException(ExperimentStoreMessages.noDatabase(file));
        }
        if (header.getInt(APPLICATION_AT) != APPLICATION) {
            throw new ProblemsException(ExperimentStoreMessages.foreign(file));
        }
        checkVersion(file, header.getInt(VERSION_AT));
    }

    /** @throws ProblemsException when the version is another one; 0 is that of a file in which nothing is yet */
    static void checkVersion(Path file, int version) {
        if (version > VERSION) {
            throw new ProblemsException(ExperimentStoreMessages.newer(file, version, VERSION));
        }
        if (version > 0 && version < VERSION) {
            throw new ProblemsException(ExperimentStoreMessages.older(file, version, VERSION));
        }
    }

    private static byte[] read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(LENGTH);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(file.toString(), cause), cause);
        }
    }
}
