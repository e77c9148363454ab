package io.heddle.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One thing that the command does; whatever it throws is told in one way. */
@Command(
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        sortOptions = false)
abstract class Verb implements Callable<Integer> {
    @ParentCommand
    private Heddle heddle;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** Does it, and says how it ended. */
    abstract int run() throws Exception;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (ParameterException wrong) {
            throw wrong;
        } catch (Throwable thrown) {
            return Failures.tell(thrown, err(), verbose());
        }
    }

    /** Where results go. */
    final PrintWriter out() {
        return heddle.out();
    }

    /** Where everything else goes. */
    final PrintWriter err() {
        return heddle.err();
    }

    final boolean verbose() {
        return heddle.verbose();
    }

    final CommandSpec spec() {
        return spec;
    }
}
