package io.heddle.cli;

import io.heddle.chart.ShownAttention;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.lowering.AttentionWeights;
import io.heddle.model.Model;
import io.heddle.rules.AttentionPlace;
import io.heddle.rules.Attentions;
import io.heddle.runtime.attention.AttentionRecorder;
import io.heddle.runtime.files.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle attention}: what a trained model looks at while it reads a text. */
@Command(
        name = "attention",
        description = {
            "Show what a trained model looks at while it reads a text: the weights of its attentions, as they are.",
            "",
            "Of a model that reads a source, --text is the source; what it answers is --target, or what it would write."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle attention runs/shakespeare --text \"ROMEO:\" --path decoder/3",
            "  heddle attention runs/shakespeare --text \"ROMEO:\" --path \"*/0/attention\" --out romeo.svg",
            "  heddle attention runs/reverse --text \"3 14 15\" --path \"decoder/*/crossAttention\" --out reverse.html"
        })
final class AttentionVerb extends Verb {
    private static final long MOST_CELLS = 2_000_000;

    /** What is written, by the end of the file's name. */
    private enum Format {
        /** What each token gives most to, on the terminal. */
        TABLE,

        /** One picture. */
        SVG,

        /** A picture for each attention. */
        FOLDER,

        /** A page with all pictures. */
        HTML,

        /** All numbers. */
        JSON,

        /** All numbers, a line each. */
        CSV,
    }

    @Parameters(paramLabel = "DIR", description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--text", paramLabel = "TEXT", required = true, description = "What is read.")
    private String text;

    @Option(names = "--target", paramLabel = "TEXT",
            description = "What a model that reads a source is to answer; what it would write, if left out.")
    private String answer;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Which attentions, as in decoder/3/attention; * is any word of a path. May be repeated; all, if"
                    + " left out.")
    private List<String> paths = List.of();

    @Option(names = "--head", paramLabel = "N", description = "One head alone, counted from 0.")
    private Integer head;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Draws heat maps: one attention as .svg, each in a folder, or all on a page as .html; or writes the"
                    + " numbers as .json or .csv. Folders on the way are made.")
    private Path target;

    @Mixin
    private StoredWeights weights;

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        var format = format();
        try (var running = engine.open()) {
            var read = AttendedText.open(folder, text, Optional.ofNullable(answer), running, weights);
            if (answer != null && read.tokens().size() == 1) {
                throw wrong("--target is for models that read a source, and this one reads --text alone.");
            }
            var model = read.model().model();
            var recorder = new AttentionRecorder(read.model(), places(model));
            var chosen = head == null ? OptionalInt.empty() : OptionalInt.of(head);
            var recorded = recorder.read(read.tokens(), read.spoken());
            recorded.stream().filter(it -> head != null && (head < 0 || head >= it.heads())).findFirst()
                    .ifPresent(it -> {
                        throw wrong("--head " + head + ": " + it.place().getPath() + " has heads 0 to "
                                + (it.heads() - 1) + ".");
                    });
            write(new ShownAttentions(model.getName(), recorded, read.pieces(), chosen), format);
        }
        out().flush();
        return ExitCode.DONE;
    }

    private Format format() {
        if (target == null) return Format.TABLE;
        var name = target.getFileName().toString();
        if (!name.contains(".") || Files.isDirectory(target)) return Format.FOLDER;
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".svg" -> Format.SVG;
            case ".html" -> Format.HTML;
            case ".json" -> Format.JSON;
            case ".csv" -> Format.CSV;
            default -> throw wrong("--out: '" + name + "' is none of .svg, .html, .json, .csv, and no folder.");
        };
    }

    /** The attentions that were asked for, but those that have no weights, which are told. */
    private List<AttentionPlace> places(Model model) {
        var asked = new LinkedHashSet<AttentionPlace>();
        if (paths.isEmpty()) asked.addAll(Attentions.attentions(model, "**"));
        else
            paths.forEach(path -> asked.addAll(Attentions.attentions(model, path)));
        var problems = new ArrayList<Problem>();
        var places = new ArrayList<AttentionPlace>();
        for (AttentionPlace place : asked) {
            var wrong = AttentionWeights.weightless(model, place);
            if (wrong.isEmpty()) places.add(place);
            problems.addAll(wrong);
        }
        if (problems.isEmpty()) return places;
        var told = new ProblemsException(problems);
        if (places.isEmpty()) throw told;
        err().println(told.getMessage());
        err().flush();
        return places;
    }

    private void write(ShownAttentions shown, Format format) {
        switch (format) {
            case TABLE -> out().print(shown.table());
            case JSON -> AtomicFile.writeText(target, shown.json());
            case CSV -> AtomicFile.writeText(target, shown.csv());
            case HTML -> AtomicFile.writeText(target, drawable(shown).page(text));
            case SVG -> AtomicFile.writeText(target, only(drawable(shown)).svg());
            case FOLDER -> drawable(shown).getAll()
                    .forEach(one -> AtomicFile.writeText(target.resolve(one.fileName()), one.svg()));
        }
    }

    private ShownAttentions drawable(ShownAttentions shown) {
        shown.getAll().stream().filter(one -> one.cells() > MOST_CELLS).findFirst().ifPresent(one -> {
            throw wrong(
                    String.format(Locale.ROOT, "--out: a picture of %s has %,d cells, and %,d at the most are drawn."
                            + " Say --head, or a .json or .csv.", one.getPath(), one.cells(), MOST_CELLS));
        });
        return shown;
    }

    private ShownAttention only(ShownAttentions shown) {
        if (shown.getAll().size() == 1) return shown.getAll().getFirst();
        throw wrong("--out: an .svg shows one attention, and " + shown.getAll().size()
                + " were chosen. Say --path, or --out with a folder or an .html.");
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec().commandLine(), words);
    }
}
