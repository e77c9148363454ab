package io.heddle.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
    /** A verb is called as its class is. */
    private static final List<Class<? extends Verb>> VERBS = List.of(
            CheckVerb.class, SummaryVerb.class, EquationsVerb.class, DrawVerb.class, JsonVerb.class, DiffVerb.class,
            TrainVerb.class, CompareVerb.class, GenerateVerb.class, EvaluateVerb.class, AttentionVerb.class,
            ProfileVerb.class, ImportVerb.class, ExportVerb.class);

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
        var status = run(output.writer(), StandardError.writer(), arguments);
        System.exit(output.close(status));
    }

    /**
     * Runs the command, which writes results to {@code out} and everything else to {@code err}.
     *
     * @return the status that a process ends with
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var command = new CommandLine(new Heddle(out, err));
        // What a verb takes is read by reflection, which is a part of every start: where one comes first, no other is read.
        var asked = VERBS.stream().filter(verb -> arguments.length > 0 && isCalled(verb, arguments[0])).toList();
        (asked.isEmpty() ? VERBS : asked).forEach(command::addSubcommand);
        return command.setOut(out)
                .setErr(err)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler(new CommandLineErrors(err))
                .setExecutionExceptionHandler((thrown, ran, parsed) -> Failures.tell(thrown, err, true))
                .execute(arguments);
    }

    private static boolean isCalled(Class<? extends Verb> verb, String name) {
        return verb.getSimpleName().toLowerCase(Locale.ROOT).equals(name + "verb");
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
