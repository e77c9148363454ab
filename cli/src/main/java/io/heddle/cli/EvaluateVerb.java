package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.BleuTokenization;
import io.heddle.recipe.Data;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Metric;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.EmptySides;
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
import io.heddle.runtime.train.CopiedWords;
import io.heddle.runtime.train.LabelMeasure;
import io.heddle.runtime.train.LossMeasure;
import io.heddle.runtime.train.WrittenMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle evaluate}: how well a trained model foretells a text, or answers sources. */
@Command(
        name = "evaluate",
        description = {
            "Measure how well a trained model foretells a text, translates sources, or labels texts, words or pictures.",
            "",
            "A text is read in windows of the recipe's context, or of --context tokens, one after the other. Nothing",
            "before a window is seen in it, so that longer windows foretell better, unless the model remembers.",
            "",
            "Sources are answered by the likeliest tokens, unless --beam or another way to choose them is said."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle evaluate runs/shakespeare --text sonnets.txt",
            "  heddle evaluate runs/shakespeare --text sonnets.txt --context 32",
            "  heddle evaluate runs/reverse --source test.src --target test.trg",
            "  heddle evaluate runs/english-german --pairs test.tsv --beam 5",
            "  heddle evaluate runs/sst2 --data test.tsv",
            "  heddle evaluate runs/mnist --data images.gz --labels labels.gz"
        })
final class EvaluateVerb extends Verb {
    private static final int ROWS = 16;

    @Parameters(paramLabel = "DIR", description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--text", paramLabel = "FILE", description = "The text, for a model that goes on with text.")
    private Path text;

    @Option(names = "--source", paramLabel = "FILE", description = "The sources, one in each line ...")
    private Path source;

    @Option(names = "--target", paramLabel = "FILE", description = "... and what they should become.")
    private Path target;

    @Option(names = "--pairs", paramLabel = "FILE",
            description = "Or both in one file: a source, a tab and its target in each line.")
    private Path pairs;

    @Option(names = "--data", paramLabel = "FILE",
            description = "Texts with classes, or words with tags, in the columns of the model's recipe; or pictures ...")
    private Path data;

    @Option(names = "--labels", paramLabel = "FILE", description = "... and their labels, in the IDX format.")
    private Path labels;

    @Option(names = "--context", paramLabel = "N", converter = Positive.class,
            description = "With --text: how many tokens a window has; the recipe's context, if left out.")
    private Integer context;

    @Mixin
    private DecodingOptions choice;

    @Mixin
    private StoredWeights weights;

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        if (data != null && text == null && source == null && target == null && pairs == null && context == null) {
            return tellLabels();
        }
        if (labels != null) throw wrong("--labels is for --data.");
        var files = files();
        var decoding = choice.decodingOr(Decoding.Greedy.INSTANCE);
        if (files.isEmpty() && !(decoding instanceof Decoding.Greedy)) {
            throw wrong("a text is foretold, and nothing is written: --beam and drawing are for sources.");
        }
        if (context != null && text == null) throw wrong("--context is for --text.");
        try (var running = engine.open()) {
            var model = TrainedModel.open(folder, running, weights);
            if (model.isEncoderDecoder() == files.isEmpty()) {
                throw wrong(
                        model.isEncoderDecoder()
                                ? "this model reads a source: say --source FILE and --target FILE, or --pairs FILE."
                                : "this model goes on with text: say --text FILE.");
            }
            if (files.isPresent() && model.recipe().isEmpty()) {
                throw wrong("pairs are for models that were trained here, and this one was imported.");
            }
            if (files.isPresent()) tellPairs(model, files.get(), decoding);
            else
                tellText(model);
        }
        out().flush();
        return ExitCode.DONE;
    }

    private int tellLabels() {
        try (var running = engine.open()) {
            LabelEvaluation.of(folder, data, Optional.ofNullable(labels), running, weights)
                    .forEach(line -> out().println(line));
        }
        out().flush();
        return ExitCode.DONE;
    }

    /** The pairs to measure on; empty where it is a text. */
    private Optional<PairFiles> files() {
        boolean two = source != null && target != null;
        int said = (text == null ? 0 : 1) + (two ? 1 : 0) + (pairs == null ? 0 : 1) + (data == null ? 0 : 1);
        if (said != 1 || (source == null) != (target == null)) {
            throw wrong(
                    "say what to measure on: --text FILE, --source FILE and --target FILE, --pairs FILE, or --data FILE.");
        }
        if (pairs != null) return Optional.of(new PairFiles.TabSeparated(pairs));
        return two ? Optional.of(new PairFiles.TwoFiles(source, target)) : Optional.empty();
    }

    private void tellText(TrainedModel model) {
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
        LabelEvaluation.lines(total, List.of()).forEach(line -> out().println(line));
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
                case Data.Pairs _,Data.ReverseTask _,Data.LabelledTexts _,Data.TaggedWords _,Data.Pictures _,Data.BlockGraphs _ ->
                        ROWS;
            };
        }
        return model.roles().writtenLimit()
                .map(PositionLimit::positions)
                .orElseThrow(() -> wrong("this model was imported without a recipe: say --context N."));
    }

    private void tellPairs(TrainedModel model, PairFiles files, Decoding decoding) {
        var written = model.tokenizers().written();
        var sentences = PairText.read(files, EmptySides.REFUSE);
        var data = PairData.encode(sentences, model.tokenizers().read(), written,
                PairEncoding.DEFAULT.copying(model.roles().copied()));
        data.requirePositions(model.roles().readLimit(), model.roles().writtenLimit());
        tell(model, new OrderedBatches(data, new BatchSize.Sentences(ROWS), 1));
        var tokenization = tokenization(model.recipe());
        var measure = new WrittenMeasure(model.model(), written, decoding);
        var bleu = measure.bleu(data, tokenization, EvaluateVerb::never).orElseThrow();
        out().println(String.format(Locale.ROOT, "%-24s  %.1f", "BLEU " + name(tokenization), bleu));
        tellCopies(measure, data);
    }

    /** How many words are written that only the source has, where there are any. */
    private void tellCopies(WrittenMeasure measure, PairData data) {
        var all = IntStream.range(0, data.size()).toArray();
        if (IntStream.of(all).allMatch(index -> data.copies(index).isEmpty())) return;
        var copied = CopiedWords.of(measure.write(data, all, EvaluateVerb::never).orElseThrow(), data);
        tellShare("words only in the source", copied.written(), copied.words());
        tellShare("right word for word", copied.right(), copied.answers());
    }

    private void tellShare(String what, long share, long all) {
        out().println(String.format(Locale.ROOT, "%-24s  %.1f %% of %,d", what, 100.0 * share / all, all));
    }

    /** The recipe's, so that the number is the one of the training's curve. */
    private static BleuTokenization tokenization(Optional<Recipe> recipe) {
        for (Metric metric : recipe.map(it -> it.getEvaluation().getMetrics()).orElse(List.of())) {
            switch (metric) {
                case Metric.Bleu bleu -> {
                    return bleu.getTokenization();
                }
                case Metric.Entities _ -> {}
            }
        }
        return BleuTokenization.Mteval13a;
    }

    /** As sacreBLEU's signatures call it. */
    private static String name(BleuTokenization tokenization) {
        return switch (tokenization) {
            case None -> "tok:none";
            case Mteval13a -> "tok:13a";
            case Characters -> "tok:char";
        };
    }

    private void tell(TrainedModel model, Iterable<Batch> batches) {
        var total = new LossMeasure(model.model(), BatchFeed.of(model.roles())).of(batches, EvaluateVerb::never)
                .orElseThrow();
        say("tokens                    %,d", total.labels());
        say("log-likelihood            %.4f", -total.loss());
        say("log-likelihood per token  %.6f", -total.mean());
        say("perplexity                %.4f", total.perplexity());
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
