package io.heddle.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code heddle} command. */
@Command(
        name = "heddle",
        description = "Describe, check, train and run transformer models.",
        versionProvider = Version.class,
        subcommands = {CheckVerb.class, SummaryVerb.class, EquationsVerb.class, DrawVerb.class, JsonVerb.class,
            DiffVerb.class, TrainVerb.class, CompareVerb.class, GenerateVerb.class, EvaluateVerb.class,
            AttentionVerb.class, ProfileVerb.class, ImportVerb.class, ExportVerb.class},
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "A model is described in a script, NAME.model.kts, or stored as NAME.json. To begin:",
            "",
            "  heddle check samples/shakespeare.model.kts",
            "  heddle train samples/shakespeare.model.kts",
            "",
            "heddle VERB --help tells more of a verb."
        })
public final class Heddle implements Runnable {
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            order = 98,
            description = "Show warnings, and where errors were thrown.")
    private boolean verbose;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 99,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private Heddle(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        StandardError.restore();
        var output = new StandardOutput();
        var status = commandLine(output.writer(), StandardError.writer()).execute(arguments);
        System.exit(output.close(status));
    }

    /** The command, which writes results to {@code out} and everything else to {@code err}. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Heddle(out, err))
                .setOut(out)
                .setErr(err)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler(new CommandLineErrors(err))
                .setExecutionExceptionHandler((thrown, command, parsed) -> Failures.tell(thrown, err, true));
    }

    /** Where results go. */
    PrintWriter out() {
        return out;
    }

    /** Where everything else goes. */
    PrintWriter err() {
        return err;
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        spec.commandLine().usage(out);
    }
}
