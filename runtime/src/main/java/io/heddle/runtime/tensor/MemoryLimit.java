package io.heddle.runtime.tensor;

import com.sun.management.OperatingSystemMXBean;
import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.ByteCount;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** What the machine has of memory, asked before much of it is taken. */
public final class MemoryLimit {
    private static final long ALWAYS = 1L << 26;

    private MemoryLimit() {}

    /**
     * Returns when the machine has this much memory beside what this process has taken already.
     *
     * @param what it is wanted for, in words
     * @param mend what to change when there is not
     * @throws ProblemsException when there is not
     */
    public static void require(long bytes, String what, String mend) {
        if (bytes > ALWAYS && bytes > total() - Pointer.physicalBytes()) {
            throw refused(bytes, what, mend);
        }
    }

    /** The problem of memory that there is not. */
    static ProblemsException refused(long bytes, String what, String mend) {
        return new ProblemsException(new Problem(
                "memory",
                "there is not enough for " + what,
                List.of(
                        new Fact("wanted", ByteCount.text(bytes)),
                        new Fact("of the machine", ByteCount.text(total())),
                        new Fact("taken already", ByteCount.text(Pointer.physicalBytes()))),
                mend));
    }

    /** Of the machine, or of the container that the process runs in. */
    private static long total() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
