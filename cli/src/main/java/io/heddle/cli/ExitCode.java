package io.heddle.cli;

/** How the command ends. */
final class ExitCode {
    /** What was asked for is done. */
    static final int DONE = 0;

    /** The model, the recipe, the data or a file is wrong, or Heddle is. */
    static final int WRONG = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** Somebody stopped it, by Ctrl-C or a signal. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
