package io.heddle.runtime.messages;

import java.util.Locale;

/** Numbers of bytes as a reader takes them in: {@code 800 bytes}, {@code 1.5 GiB}. */
public final class ByteCount {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteCount() {}

    /** The count in the largest unit of which there is at least one, with one digit after the point. */
    public static String text(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
