package io.heddle.cli;

import io.heddle.describe.Describe;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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

    @Mixin
    private ModelFile file;

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
        var equations = Describe.equations(file.read(this));
        out().println(format.equals(LATEX) ? equations.latex() : equations.text());
        out().flush();
        return ExitCode.DONE;
    }
}
