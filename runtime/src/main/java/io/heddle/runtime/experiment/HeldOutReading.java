package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.experiment.Trial;
import io.heddle.experiment.Variant;
import io.heddle.lowering.AttentionWeights;
import io.heddle.model.Model;
import io.heddle.model.TokenInput;
import io.heddle.rules.AttentionPlace;
import io.heddle.rules.Attentions;
import io.heddle.runtime.attention.AttentionRecorder;
import io.heddle.runtime.attention.RecordedAttention;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.data.TrainingData;
import io.heddle.runtime.train.data.TrainingDataOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets trained variants read a held-out example, the first of those that are looked at before the first step, and keeps what their last
 * layer looks at. Weights are those of the first seed that came to its end, with the first setting with which it did.
 */
final class HeldOutReading {
    /** Of each text: with more of them, what is drawn is too small to be told apart. */
    private static final int TOKENS = 32;

    /** How many variants read it: the report stays one that opens at once. */
    private static final int VARIANTS = 6;

    private final Path base;
    private final Path generated;
    private final Function<Trial, Path> run;

    /**
     * A reading.
     *
     * @param base what the recipe's relative paths are relative to
     * @param generated where data that Heddle writes itself is put
     * @param run the folder of a trial
     */
    HeldOutReading(Path base, Path generated, Function<Trial, Path> run) {
        this.base = base;
        this.generated = generated;
        this.run = run;
    }

    /** What those of the first variants look at that have attentions and came to their end. */
    List<VariantAttentions> of(ExperimentResult result) {
        List<VariantAttentions> all = new ArrayList<>();
        try (Engine engine = Engine.cpu(result.setup().threads())) {
            result.experiment().getVariants().stream()
                    .filter(variant -> !Attentions.attentions(variant.getModel()).isEmpty())
                    .limit(VARIANTS)
                    .forEach(variant -> finished(result, variant).ifPresent(trial -> all.add(of(trial, engine))));
        }
        return all;
    }

    private static Optional<Trial> finished(ExperimentResult result, Variant variant) {
        return result.trials().stream()
                .filter(trial -> trial.end() instanceof TrialEnd.Finished)
                .map(TrialResult::trial)
                .filter(trial -> trial.getConfiguration().getVariant().getName().equals(variant.getName()))
                .findFirst();
    }

    private VariantAttentions of(Trial trial, Engine engine) {
        Model model = trial.getConfiguration().getVariant().getModel();
        List<AttentionPlace> places = new ArrayList<>();
        List<Problem> missing = new ArrayList<>();
        for (AttentionPlace place : last(model)) {
            List<Problem> wrong = AttentionWeights.weightless(model, place);
            if (wrong.isEmpty()) {
                places.add(place);
            }
            missing.addAll(wrong);
        }
        if (places.isEmpty()) {
            return new VariantAttentions(trial, List.of(), Map.of(), missing);
        }
        try {
            TrainingData data = TrainingDataOpener.open(trial.getRecipe(), model, base, generated);
            Batch first = data.validation(0).batch(0);
            Map<String, int[]> tokens = data.feed().tokens(first, 0, TOKENS);
            RunnableModel runnable = RunnableModel.blank(model, engine);
            Checkpoint.open(run.apply(trial)).loadWeights(runnable.weights());
            List<RecordedAttention> recorded = new AttentionRecorder(runnable, places)
                    .read(tokens, data.feed().spoken(first, 0, TOKENS));
            return new VariantAttentions(trial, recorded, pieces(model, data.tokenizers(), tokens), missing);
        } catch (ProblemsException wrong) {
            missing.addAll(wrong.getProblems());
            return new VariantAttentions(trial, List.of(), Map.of(), missing);
        }
    }

    /** Those of the last layer that has any. */
    private static List<AttentionPlace> last(Model model) {
        List<AttentionPlace> all = Attentions.attentions(model);
        AttentionPlace last = all.getLast();
        return all.stream()
                .filter(place -> place.getStack().equals(last.getStack()) && place.getLayer() == last.getLayer())
                .toList();
    }

    private static Map<String, List<String>> pieces(
            Model model, Optional<Tokenizers> tokenizers, Map<String, int[]> tokens) {
        Map<String, List<String>> pieces = new LinkedHashMap<>();
        Optional<String> source = ModelRoles.find(model).flatMap(ModelRoles::read).map(TokenInput::getName);
        tokenizers.ifPresent(known -> tokens.forEach((input, ids) -> {
            Tokenizer tokenizer = source.filter(input::equals).isPresent() ? known.read() : known.written();
            pieces.put(input, Arrays.stream(ids).mapToObj(id -> piece(tokenizer, id)).toList());
        }));
        return pieces;
    }

    /** The token behind the last one is the mask. */
    private static String piece(Tokenizer tokenizer, int id) {
        return id < tokenizer.vocabularySize() ? tokenizer.piece(id) : "<mask>";
    }
}
