package io.heddle.runtime.tensor;

import com.sun.management.OperatingSystemMXBean;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.MemoryMessages;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** What the machine has of memory, asked before much of it is taken. */
public final class MemoryLimit {
    private static final long ALWAYS = 1L << 26;

    private MemoryLimit() {}

    /**
     * Returns when the machine has this much memory beside what this process has taken already.
     *
     * @param need what it is wanted for
     * @throws ProblemsException when there is not
     */
    public static void require(long bytes, MemoryMessages.Need need) {
        if (bytes > ALWAYS && bytes > left()) {
            throw refused(bytes, need);
        }
    }

    /** How many bytes the machine has beside what this process has taken already. */
    public static long left() {
        return total() - Pointer.physicalBytes();
    }

    /** The problem of memory that there is not. */
    static ProblemsException refused(long bytes, MemoryMessages.Need need) {
        return new ProblemsException(MemoryMessages.tooLittle(need, bytes, total(), Pointer.physicalBytes()));
    }

    /** Of the machine, or of the container that the process runs in. */
    private static long total() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
