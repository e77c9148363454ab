package io.heddle.cli;

import io.heddle.describe.Describe;
import io.heddle.model.Model;
import io.heddle.script.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle diff}: what tells two models apart. */
@Command(
        name = "diff",
        description = {
            "Show what tells two models apart: what was described differently, the equations that it changes,",
            "and what both cost. A file with several models is followed by # and the name of one, which may be a variant's of an",
            "experiment."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle diff old.model.kts new.model.kts",
            "  heddle diff variants.model.kts#transformer variants.model.kts#preNorm",
            "  heddle diff stored.json variants.model.kts#preNorm --size batch=8 --size source=64 --size target=64"
        })
final class DiffVerb extends Verb {
    @Parameters(index = "0", paramLabel = "FILE[#NAME]", description = "The first model: a script or a stored one.")
    private String first;

    @Parameters(index = "1", paramLabel = "FILE[#NAME]", description = "The model to compare it with.")
    private String second;

    @Option(
            names = "--size",
            paramLabel = "NAME=N",
            description = "What a size is known to be: batch, or the length of an input by its name. May be repeated.")
    private Map<String, Long> sizes = new TreeMap<>();

    @Override
    int run() {
        out().println(Describe.diff(read(first), read(second), sizes));
        out().flush();
        return ExitCode.DONE;
    }

    /** A file may have a {@code #} in its own name. */
    private Model read(String place) {
        var mark = place.lastIndexOf('#');
        var whole = mark < 0 || Files.exists(Path.of(place));
        var file = Path.of(whole ? place : place.substring(0, mark));
        var described = Descriptions.read(this, file);
        var name = whole ? "" : place.substring(mark + 1);
        return Choice.modelOrVariant(described, name);
    }
}
