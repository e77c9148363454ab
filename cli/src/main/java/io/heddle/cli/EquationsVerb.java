package io.heddle.cli;

import io.heddle.describe.Describe;
import io.heddle.script.Choice;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle equations}: what a model computes. */
@Command(
        name = "equations",
        description = "Show what a model computes as equations: inputs, layers, heads, objectives. "
                + "Equal layers are told once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle equations samples/transformer-base.model.kts",
            "  heddle equations samples/transformer-base.model.kts --format latex > equations.tex"
        })
final class EquationsVerb extends Verb {
    private static final String LATEX = "latex";
    private static final Set<String> FORMATS = Set.of("text", LATEX);

    @Parameters(paramLabel = "FILE", description = "A script (*.model.kts), or a model that was stored (*.json).")
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The model of this name, where there are several.")
    private String model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for a terminal, or latex for a paper that uses amsmath.")
    private String format;

    @Override
    int run() {
        if (!FORMATS.contains(format)) {
            throw new ParameterException(spec().commandLine(), "--format is text or latex, and not " + format + ".");
        }
        var equations = Describe.equations(Choice.model(Descriptions.read(this, file), model));
        out().println(format.equals(LATEX) ? equations.latex() : equations.text());
        out().flush();
        return ExitCode.DONE;
    }
}
