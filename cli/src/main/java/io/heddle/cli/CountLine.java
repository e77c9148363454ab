package io.heddle.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** How many of many are done, in one line of a terminal; nothing elsewhere. */
final class CountLine {
    private final PrintWriter err;
    private final int all;
    private final String what;
    private final boolean visible = Terminal.showsStandardError();

    CountLine(PrintWriter err, int all, String what) {
        this.err = err;
        this.all = all;
        this.what = what;
    }

    void show(int done) {
        if (!visible) return;
        err.print(String.format(Locale.ROOT, "\r%,d of %,d %s\033[K", done, all, what));
        err.flush();
    }

    void clear() {
        if (!visible) return;
        err.print("\r\033[K");
        err.flush();
    }
}
