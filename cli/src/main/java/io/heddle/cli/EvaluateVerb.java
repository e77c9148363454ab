package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.EmptySides;
import io.heddle.runtime.data.HiddenTargetEvaluation;
import io.heddle.runtime.data.MaskedEvaluation;
import io.heddle.runtime.data.Masking;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.data.OrderedSegments;
import io.heddle.runtime.data.OrderedWindows;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.data.PairEncoding;
import io.heddle.runtime.data.PairFiles;
import io.heddle.runtime.data.PairText;
import io.heddle.runtime.data.PositionLimit;
import io.heddle.runtime.data.TextData;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.ScoreMessages;
import io.heddle.runtime.train.LabelMeasure;
import io.heddle.runtime.train.LossMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.PairTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle evaluate}: how well a trained model foretells a text, or answers sources. */
@Command(
        name = "evaluate",
        description = {
            "Measure how well a trained model foretells a text, translates sources, writes what is said in recordings, or",
            "labels texts, words or pictures, or finds objects on these.",
            "",
            "A text is read in windows of the recipe's context, or of --context tokens, one after the other. Nothing",
            "before a window is seen in it, so that longer windows foretell better, unless the model remembers.",
            "",
            "Sources are answered by the likeliest tokens, unless --beam or another way to choose them is said; all at once,",
            "where the model writes so: --passes and --lengths say how."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle evaluate runs/shakespeare --text sonnets.txt",
            "  heddle evaluate runs/shakespeare --text sonnets.txt --context 32",
            "  heddle evaluate runs/reverse --source test.src --target test.trg",
            "  heddle evaluate runs/english-german --pairs test.tsv --beam 5",
            "  heddle evaluate runs/english-german --pairs test.tsv --metrics bleu,chrf,ter",
            "  heddle evaluate runs/reverse --held-out samples --metrics exact-match",
            "  heddle evaluate --hypotheses written.txt --references test.txt --metrics chrf++,rouge-l",
            "  heddle evaluate runs/sst2 --data test.tsv",
            "  heddle evaluate runs/digits --data test.tsv --metrics wer,cer,exact-match",
            "  heddle evaluate runs/mnist --data images.gz --labels labels.gz",
            "  heddle evaluate runs/shapes --data pictures --labels boxes.json --metrics map50"
        })
final class EvaluateVerb extends Verb {
    private static final int ROWS = 16;

    /** What says something of files that are written already. */
    private static final Set<String> OF_LINES = Set.of("--hypotheses", "--references", "--metrics");

    @Parameters(paramLabel = "DIR", arity = "0..1",
            description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--text", paramLabel = "FILE", description = "The text, for a model that goes on with text.")
    private Path text;

    @Option(names = "--source", paramLabel = "FILE", description = "The sources, one in each line ...")
    private Path source;

    @Option(names = "--target", paramLabel = "FILE", description = "... and what they should become.")
    private Path target;

    @Option(names = "--alignments", paramLabel = "FILE",
            description = {
                "With --source and --target: which of their words belong together, for the loss of a model that learned from",
                "alignments."
            })
    private Path alignments;

    @Option(names = "--pairs", paramLabel = "FILE",
            description = "Or both in one file: a source, a tab and its target in each line.")
    private Path pairs;

    @Option(names = "--data", paramLabel = "FILE",
            description = {
                "Texts with classes, or words with tags, in the columns of the model's recipe; a list of recordings, with a",
                "tab and what is said in each line; pictures, or a folder of them ..."
            })
    private Path data;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "... and their labels, in the IDX format, or their boxes, as COCO writes them.")
    private Path labels;

    @Option(names = "--held-out", paramLabel = "FOLDER",
            description = "Or all that its training held out: FOLDER has the script, which files are relative to.")
    private Path heldOut;

    @Option(names = "--hypotheses", paramLabel = "FILE",
            description = "Without DIR: lines that any program wrote ...")
    private Path hypotheses;

    @Option(names = "--references", paramLabel = "FILE",
            description = "... and what they should have been, line by line.")
    private Path references;

    @Mixin
    private MetricNames metrics;

    @Option(names = "--context", paramLabel = "N", converter = Positive.class,
            description = "With --text: how many tokens a window has; the recipe's context, if left out.")
    private Integer context;

    @Option(names = "--speed",
            description = {
                "Also tell how fast sources are answered, which are then answered three times more: the median, and from the",
                "slowest to the fastest."
            })
    private boolean timed;

    @Option(names = "--side-by-side", paramLabel = "N", converter = Positive.class,
            description = "With --speed: how many sources are answered at once (default: 64 rows of sources or beams).")
    private Integer sideBySide;

    @Option(names = "--warmup", paramLabel = "N", converter = Positive.class,
            description = {
                "With --speed: how often they are answered before it is timed (default: 1). A program is fast after some",
                "thousand runs."
            })
    private Integer warmup;

    @Mixin
    private DecodingOptions choice;

    @Mixin
    private StoredWeights weights;

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        if (hypotheses != null || references != null) {
            tell(lineFiles().told(metrics));
            return ExitCode.DONE;
        }
        if (sideBySide != null && !timed) throw wrong("--side-by-side is for --speed.");
        if (warmup != null && !timed) throw wrong("--warmup is for --speed.");
        if (folder == null) throw wrong("DIR is missing: name a training's folder, or --hypotheses and --references.");
        if (choice.says() && (heldOut != null || data != null || text != null)) {
            throw wrong("--beam and the like are for --source and --target, or --pairs: nothing else is written.");
        }
        if (timed && (heldOut != null || data != null))
            throw wrong("--speed is for --source and --target, or --pairs.");
        if (heldOut != null) return tellHeldOut();
        if (data != null && context == null && saidFiles().equals(List.of(data))) {
            return tellLabels();
        }
        if (labels != null && data == null) throw wrong("--labels is for --data.");
        var files = files();
        choice.check();
        if (choice.best().isPresent()) throw wrong("--best is for heddle generate: one text is compared here.");
        if (timed && files.isEmpty()) throw wrong("--speed is for --source and --target, or --pairs.");
        if (context != null && text == null) throw wrong("--context is for --text.");
        try (var running = engine.open()) {
            if (SpeakingModel.isIn(folder)) throw wrong("this model speaks: say --data LIST, or --held-out FOLDER.");
            var model = choice.scored(TrainedModel.open(folder, running, weights), running, weights);
            if (model.hears()) throw wrong("this model hears recordings: say --data LIST, or --held-out FOLDER.");
            if (model.isEncoderDecoder() == files.isEmpty()) {
                throw wrong(
                        model.isEncoderDecoder()
                                ? "this model reads a source: say --source FILE and --target FILE, or --pairs FILE."
                                : "this model goes on with text: say --text FILE.");
            }
            if (files.isPresent() && model.recipe().isEmpty()) {
                throw wrong("pairs are for models that were trained here, and this one was imported.");
            }
            if (alignments != null && !learnedFromAlignments(model)) {
                throw wrong("--alignments is for models that learned from alignments.");
            }
            if (files.isPresent()) tellPairs(model, files.get());
            else
                tellText(model);
        }
        out().flush();
        return ExitCode.DONE;
    }

    /** Two files, and nothing of a model. */
    private LineFiles lineFiles() {
        if (hypotheses == null || references == null) {
            throw wrong("--hypotheses FILE and --references FILE belong together.");
        }
        if (folder != null || heldOut != null || labels != null || context != null || !saidFiles().isEmpty()) {
            throw wrong("--hypotheses and --references are measured by themselves: leave DIR and its data out.");
        }
        var others = spec().commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !OF_LINES.contains(name))
                .toList();
        if (!others.isEmpty()) {
            throw wrong(String.join(", ", others) + (others.size() == 1 ? " is" : " are")
                    + " for a model that writes: --hypotheses are written already.");
        }
        return new LineFiles(hypotheses, references);
    }

    private int tellHeldOut() {
        if (labels != null || context != null || !saidFiles().isEmpty()) {
            throw wrong("--held-out is measured by itself: leave other data out.");
        }
        try (var running = engine.open()) {
            tell(HeldOutEvaluation.of(folder, heldOut, metrics, running, weights));
        }
        return ExitCode.DONE;
    }

    private int tellLabels() {
        try (var running = engine.open()) {
            var beside = Optional.ofNullable(labels);
            tell(SpeechEvaluation.of(folder, data, beside, metrics, running, weights)
                    .or(() -> BoxEvaluation.of(folder, data, beside, metrics, running, weights))
                    .or(() -> RecordingEvaluation.of(folder, data, beside, metrics, running, weights))
                    .orElseGet(() -> LabelEvaluation.of(folder, data, beside, metrics, running, weights)));
        }
        return ExitCode.DONE;
    }

    /** The files of data that were said. */
    private List<Path> saidFiles() {
        return Stream.of(text, source, target, alignments, pairs, data).filter(Objects::nonNull).toList();
    }

    /** The pairs to measure on; empty where it is a text. */
    private Optional<PairFiles> files() {
        boolean two = source != null && target != null;
        int said = (text == null ? 0 : 1) + (two ? 1 : 0) + (pairs == null ? 0 : 1) + (data == null ? 0 : 1);
        if (said != 1 || (source == null) != (target == null)) {
            throw wrong(
                    "say what to measure on: --held-out FOLDER, --text FILE, --source FILE and --target FILE, --pairs FILE, or "
                            + "--data FILE.");
        }
        if (alignments != null && !two) throw wrong("--alignments is for --source and --target.");
        if (alignments != null) return Optional.of(new PairFiles.Aligned(source, target, alignments));
        if (pairs != null) return Optional.of(new PairFiles.TabSeparated(pairs));
        return two ? Optional.of(new PairFiles.TwoFiles(source, target)) : Optional.empty();
    }

    private void tellText(TrainedModel model) {
        var masks = model.recipe().isPresent() && model.recipe().get().getData() instanceof Data.MaskedText;
        metrics.among(masks ? MetricNames.OF_LABELS : Set.of(), masks ? "hidden words" : "a text to go on with");
        var tokenizer = model.tokenizers().written();
        var tokens = TextData.of(List.of(), List.of(TextFile.read(text)), tokenizer).validation();
        if (tokens.length() < 2) {
            throw new ProblemsException(
                    ScoreMessages.nothingToForetell(text.toString(), tokens.length()));
        }
        int window = window(model);
        say("windows of tokens         %,d", window);
        if (model.recipe().isPresent() && model.recipe().get().getData() instanceof Data.MaskedText masked) {
            var masking = new Masking(
                    masked.getShare(), tokenizer.vocabularySize(), model.recipe().get().getSeed(), "text");
            tellHidden(model, new MaskedEvaluation(new OrderedWindows(tokens, ROWS, window), masking));
        } else if (model.roles().memory() == 0) tell(model, new OrderedWindows(tokens, ROWS, window));
        else {
            var segments = OrderedSegments.of(tokens, ROWS, window);
            say("rows that go on           %,d", segments.rows());
            tell(model, segments);
        }
    }

    /** How well hidden tokens are filled in, which the recipe's share of says how many there are. */
    private void tellHidden(TrainedModel model, Iterable<Batch> batches) {
        var roles = model.roles();
        var total = new LabelMeasure(model.model(), BatchFeed.of(roles), roles.logits().getName(), List.of())
                .of(batches, EvaluateVerb::never)
                .orElseThrow();
        tell(LabelEvaluation.lines(total, List.copyOf(MetricNames.OF_LABELS)));
    }

    private int window(TrainedModel model) {
        if (context == null) return usualWindow(model);
        model.roles().writtenLimit().filter(limit -> limit.positions() < context).ifPresent(limit -> {
            throw wrong("--context " + context + " is more than the " + limit.positions() + " learned positions of "
                    + limit.input() + ".");
        });
        return context;
    }

    /** The recipe's; of an imported model, all its positions. */
    private int usualWindow(TrainedModel model) {
        if (model.recipe().isPresent()) {
            return switch (model.recipe().get().getData()) {
                case Data.Text said -> said.getContext();
                case Data.MaskedText said -> said.getContext();
                case Data.Pairs _,Data.ReverseTask _,Data.LabelledTexts _,Data.TaggedWords _,Data.Pictures _,Data.BoxedPictures _,Data.BlockGraphs _,Data.Recordings _ ->
                        ROWS;
            };
        }
        return model.roles().writtenLimit()
                .map(PositionLimit::positions)
                .orElseThrow(() -> wrong("this model was imported without a recipe: say --context N."));
    }

    private void tellPairs(TrainedModel model, PairFiles files) {
        var decoding = choice.decodingOr(model.usual(Decoding.Greedy.INSTANCE));
        var asked = metrics.among(MetricNames.OF_TEXT, "what this model writes");
        var sentences = PairText.read(files, EmptySides.REFUSE);
        var tokenizers = model.tokenizers();
        var data = PairData.encode(sentences, tokenizers.read(), tokenizers.written(),
                PairEncoding.DEFAULT.copying(model.roles().copied()));
        data.requirePositions(model.roles().readLimit(), model.roles().writtenLimit());
        boolean measured = alignments != null || !learnedFromAlignments(model);
        if (measured) model.roles().length().ifPresent(data::requireForetold);
        var batches = new OrderedBatches(data, new BatchSize.Sentences(ROWS), 1);
        Iterable<Batch> read = PairTask.hidden(model.recipe().orElseThrow(), tokenizers, "pairs")
                .<Iterable<Batch>>map(hidden -> new HiddenTargetEvaluation(batches, hidden))
                .orElse(batches);
        if (measured) tell(model, read);
        else
            tell(List.of("log-likelihood            not measured: say --alignments FILE"));
        tell(PairEvaluation.of(model, data, asked.orElse(PairEvaluation.usual(model)), decoding, speed()));
        tell(PairEvaluation.lengths(model, read));
    }

    private static boolean learnedFromAlignments(TrainedModel model) {
        return model.recipe().isPresent() && model.recipe().get().getData() instanceof Data.Pairs said
                && said.getTraining() instanceof io.heddle.recipe.PairFiles.Aligned;
    }

    private PairEvaluation.Speed speed() {
        if (!timed) return new PairEvaluation.Speed.Untold();
        return new PairEvaluation.Speed.Told(
                sideBySide == null ? OptionalInt.empty() : OptionalInt.of(sideBySide), warmup == null ? 1 : warmup);
    }

    private void tell(TrainedModel model, Iterable<Batch> batches) {
        var total = new LossMeasure(model.model(), BatchFeed.of(model.roles())).of(batches, EvaluateVerb::never)
                .orElseThrow();
        tell(LossLines.of(total));
    }

    private void tell(List<String> lines) {
        lines.forEach(line -> out().println(line));
        out().flush();
    }

    /** Nothing is to be saved here: whoever interrupts it ends it. */
    private static boolean never() {
        return false;
    }

    private void say(String format, Object value) {
        out().println(String.format(Locale.ROOT, format, value));
        out().flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
