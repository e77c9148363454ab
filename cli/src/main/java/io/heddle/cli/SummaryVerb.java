package io.heddle.cli;

import io.heddle.describe.Describe;
import io.heddle.model.Model;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code heddle summary}: the parts of a model, their shapes and their sizes. */
@Command(
        name = "summary",
        description = {
            "Show the parts of a model: what they are, the shapes of what they make, their parameters and operations;",
            "and what all cost together: operations forward and back, memory for training, cache for writing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle summary samples/transformer-base.model.kts",
            "  heddle summary samples/transformer-base.model.kts --size batch=8 --size source=32 --size target=32"
        })
final class SummaryVerb extends Verb {
    @Mixin
    private ModelFile file;

    @Option(
            names = "--size",
            paramLabel = "NAME=N",
            description = "What a size is known to be: batch, or the length of an input by its name. May be repeated.")
    private Map<String, Long> sizes = new TreeMap<>();

    @Option(
            names = "--memory",
            description = "Show instead what a training step keeps in memory; 8 rows of 128, where no size is given.")
    private boolean memory;

    @Override
    int run() {
        var chosen = file.read(this);
        out().println(memory ? memory(chosen) : summary(chosen));
        out().flush();
        return ExitCode.DONE;
    }

    private String memory(Model chosen) {
        Describe.checkSizes(chosen, sizes);
        return MemoryTable.text(chosen, sizes);
    }

    private String summary(Model chosen) {
        try {
            return Describe.summary(chosen, sizes).stripTrailing();
        } catch (ArithmeticException tooLarge) {
            throw new ParameterException(spec().commandLine(),
                    "the sizes multiply to more than " + String.format(Locale.ROOT, "%,d", Long.MAX_VALUE)
                            + ". Give smaller ones with --size.",
                    tooLarge);
        }
    }
}
