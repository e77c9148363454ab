package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.model.TokenInput;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.RealTensor;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.SpokenData;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.ImportMessages;
import io.heddle.runtime.messages.RecordingMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A trained model and a text as it reads it.
 *
 * @param tokens of each input of tokens, by its name
 * @param spoken what each position of a model that speaks reads of the frames before, by the input's name
 * @param pieces what a reader sees of each token
 */
record AttendedText(
        RunnableModel model,
        Map<String, int[]> tokens,
        Map<String, RealTensor> spoken,
        Map<String, List<String>> pieces) {
    /** How many tokens are written where no target is given. */
    private static final int LONGEST = 200;

    /**
     * Opens the folder of a model that writes, or one that says labels of texts.
     *
     * @param target what an encoder-decoder reads after its source; what it would write, if empty
     * @throws ProblemsException when there is none, it is broken, or it has no tokenizer for this text
     */
    static AttendedText open(
            Path folder, String text, Optional<String> target, Engine engine, StoredWeights weights) {
        if (text.isEmpty()) throw new ProblemsException(RecordingMessages.nothingToRead("--text"));
        var checkpoint = Checkpoint.open(folder);
        if (SpeakingModel.isIn(folder)) return said(SpeakingModel.open(folder, engine, weights), text);
        if (ModelRoles.find(checkpoint.model()).isEmpty()) return read(checkpoint, folder, text, engine, weights);
        var model = TrainedModel.open(folder, engine, weights);
        var tokens = new LinkedHashMap<String, int[]>();
        var pieces = new LinkedHashMap<String, List<String>>();
        var roles = model.roles();
        var ids = model.prompts("--text").ids(text);
        var words = model.prompts("--text").words(text, ids);
        roles.read().ifPresent(source -> {
            tokens.put(source.getName(), ids);
            pieces.put(source.getName(), words.isEmpty()
                    ? pieces(model.tokenizers().read(), ids)
                    : pieces(words.getFirst(), words.getFirst().numbers()));
        });
        // Copies of the source are no tokens: the recorder tells what else the model reads.
        if (!(roles.written() instanceof TokenInput)) return new AttendedText(model.model(), tokens, Map.of(), pieces);
        var written = roles.read().isEmpty()
                ? ids
                : target.map(said -> said(model, said)).orElseGet(() -> greedy(model, ids, words));
        tokens.put(
                roles.written().getName(),
                words.isEmpty() ? written : Arrays.stream(written).map(words.getFirst()::read).toArray());
        pieces.put(roles.written().getName(), words.isEmpty()
                ? pieces(model.tokenizers().written(), written)
                : pieces(words.getFirst(), written));
        return new AttendedText(model.model(), tokens, Map.of(), pieces);
    }

    /** A text that a model says: what it has said is read again, each position at its time in seconds. */
    private static AttendedText said(SpeakingModel model, String text) {
        var ids = model.ids("--text", text);
        var said = model.say(ids, model.usualFrames(), () -> false).frames();
        int reduction = model.roles().before().getReduction();
        var features = model.said().getFeatures();
        double step = (double) reduction * features.getHop() / features.getRate();
        var before = SpokenData.before(said, reduction);
        var times = IntStream.range(0, before.size(0))
                .mapToObj(position -> String.format(Locale.ROOT, "%.2f", position * step))
                .toList();
        var read = model.roles().read().getName();
        var spoken = model.roles().before().getName();
        return new AttendedText(
                model.model(),
                Map.of(read, ids),
                Map.of(spoken, before),
                Map.of(read, pieces(model.read(), ids), spoken, times));
    }

    /** What a model reads that writes nothing. */
    private static AttendedText read(
            Checkpoint checkpoint, Path folder, String text, Engine engine, StoredWeights weights) {
        Model described = checkpoint.model();
        var inputs = described.getComponents().stream()
                .filter(TokenInput.class::isInstance).map(it -> it.getName()).toList();
        if (inputs.size() != 1) {
            throw new ProblemsException(RecordingMessages.severalTexts(described.getName(), inputs));
        }
        if (!checkpoint.hasTokenizer()) throw new ProblemsException(ImportMessages.noTokenizer(folder));
        var tokenizer = checkpoint.tokenizers().written();
        var ids = ImportedCheckpoint.of(checkpoint).isPresent()
                ? tokenizer.prompt(text, TextOrigin.startOf("--text"))
                : tokenizer.encode(text, TextOrigin.startOf("--text"));
        if (ids.length == 0) throw new ProblemsException(RecordingMessages.nothingToRead("--text"));
        var model = RunnableModel.blank(described, engine);
        checkpoint.loadWeights(model.weights());
        var name = inputs.getFirst();
        return new AttendedText(weights.of(model), Map.of(name, ids), Map.of(), Map.of(name, pieces(tokenizer, ids)));
    }

    /** What a decoder reads that is to write this: the token that begins, and all others that are not the last. */
    private static int[] said(TrainedModel model, String target) {
        var tokenizer = model.tokenizers().written();
        var origin = TextOrigin.startOf("--target");
        if (model.roles().writesAtOnce()) return ended(tokenizer, tokenizer.encode(target, origin));
        if (model.recipe().isPresent()) return begun(model, tokenizer.encode(target, origin));
        var closed = tokenizer.prompt(target, origin);
        return begun(model, Arrays.copyOf(closed, Math.max(0, closed.length - 1)));
    }

    /** What a decoder reads that sees all words at once, and has filled them in. */
    private static int[] ended(Tokenizer tokenizer, int[] ids) {
        return IntStream.concat(Arrays.stream(ids), tokenizer.specialIds().end().stream()).toArray();
    }

    private static int[] begun(TrainedModel model, int[] ids) {
        return IntStream.concat(model.beginning().stream(), Arrays.stream(ids)).toArray();
    }

    /** What a decoder has read when it has written the likeliest tokens, one after the other. */
    private static int[] greedy(TrainedModel model, int[] source, List<SourceWords> words) {
        var usual = model.usual(Decoding.Greedy.INSTANCE);
        var generator = Generator.of(model.model(), usual, model.tokenizers().written(), 0);
        var ids = generator.from(List.of(source), words, model.beginning().orElseThrow(), LONGEST).getFirst().ids();
        return model.roles().writesAtOnce()
                ? Arrays.copyOfRange(ids, 1, ids.length)
                : Arrays.copyOf(ids, ids.length - 1);
    }

    private static List<String> pieces(SourceWords words, int[] numbers) {
        return Arrays.stream(numbers).mapToObj(words::piece).toList();
    }

    private static List<String> pieces(Tokenizer tokenizer, int[] ids) {
        return Arrays.stream(ids).mapToObj(tokenizer::piece).toList();
    }
}
