package io.heddle.cli;

import io.heddle.recipe.Coverage;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.DecodingRule;
import io.heddle.runtime.generate.RuleNames;
import io.heddle.runtime.program.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the next token is chosen. */
final class DecodingOptions {
    /** What says the texts of rules. Those of a recipe are told before it trains, by the recipe's names. */
    static final RuleNames RULES = new RuleNames("--begin", "--require");

    private static final double USUAL_DIVERSITY = 0.5;
    private static final double USUAL_COVERAGE_WEIGHT = 0.2;
    private static final double USUAL_DEGENERATION_PENALTY = 0.6;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--temperature", paramLabel = "T",
            description = "Divides the scores before drawing: below 1 bolder choices are rarer (default: 1).")
    private Double temperature;

    @Option(names = "--top-k", paramLabel = "K", converter = Positive.class,
            description = "Draw from the K likeliest tokens alone.")
    private Integer topK;

    @Option(names = "--top-p", paramLabel = "P",
            description = "Draw from the fewest tokens that together have probability P.")
    private Double topP;

    @Option(names = "--min-p", paramLabel = "P",
            description = "Draw from tokens that are at least P times as likely as the likeliest.")
    private Double minP;

    @Option(names = "--typical", paramLabel = "P",
            description = "Draw from the tokens of probability P that surprise as much as is to be expected.")
    private Double typical;

    @Option(names = "--greedy", description = "Always take the likeliest token.")
    private boolean greedy;

    @Option(names = "--beam", paramLabel = "N", converter = Positive.class,
            description = "Search for the likeliest text, keeping N side by side.")
    private Integer beam;

    @Option(names = "--length-penalty", paramLabel = "A",
            description = "With --beam: divide log p by length^A (default: 1).")
    private Double lengthPenalty;

    @Option(names = "--groups", paramLabel = "G", converter = Positive.class,
            description = "With --beam: G groups of N / G texts, each of which shuns what those before it choose.")
    private Integer groups;

    @Option(names = "--diversity", paramLabel = "D",
            description = "With --groups: what each time costs that another group has chosen a token (default: 0.5).")
    private Double diversity;

    @Option(names = "--passes", paramLabel = "N", converter = Positive.class,
            description = "Of a model that writes all words at once: write the least sure ones anew, N passes in all "
                    + "(default: 10, or 1 where it learned from blanks).")
    private Integer passes;

    @Option(names = "--lengths", paramLabel = "N", converter = Positive.class,
            description = "Of such a model: write answers of the N likeliest lengths, and keep the likeliest (default: 5).")
    private Integer lengths;

    @Option(names = "--scorer", paramLabel = "DIR",
            description = "With --lengths: a model that writes word by word chooses the length (noisy parallel decoding).")
    private Path scorer;

    @Option(names = "--coverage", paramLabel = "PATH",
            description = "With --beam: prefer answers that have looked at all of the source, by this cross-attention.")
    private String coverage;

    @Option(names = "--coverage-weight", paramLabel = "B",
            description = "With --coverage: what it counts for (default: 0.2).")
    private Double coverageWeight;

    @Option(names = "--require", paramLabel = "TEXT",
            description = "With --beam: TEXT is written, wherever it is likeliest; may be said several times.")
    private List<String> required = new ArrayList<>();

    @Option(names = "--contrastive", paramLabel = "K", converter = Positive.class,
            description = "Of the K likeliest tokens take one that is likely, and unlike all before it.")
    private Integer contrastive;

    @Option(names = "--degeneration-penalty", paramLabel = "A",
            description = "With --contrastive: what likeness counts for, from 0 to 1 (default: 0.6).")
    private Double degenerationPenalty;

    @Option(names = "--best", paramLabel = "N", converter = Positive.class,
            description = "With --beam: show the N best texts with their scores.")
    private Integer best;

    @Option(names = "--no-repeat", paramLabel = "N", converter = Positive.class,
            description = "Never write N tokens in a row that stand there already.")
    private Integer noRepeat;

    @Option(names = "--repetition-penalty", paramLabel = "F",
            description = "Make tokens that stand there already less likely, if F is above 1.")
    private Double repetitionPenalty;

    @Option(names = "--begin", paramLabel = "TEXT", description = "What is written begins with TEXT.")
    private String beginning;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End behind TEXT; may be said several times.")
    private List<String> stops = new ArrayList<>();

    /**
     * Returns when what was said can be.
     *
     * @throws ParameterException when it contradicts itself, or a number is out of range
     */
    void check() {
        decodingOr(Decoding.Greedy.INSTANCE);
    }

    /**
     * What was said, and {@code usual} where no way to choose was.
     *
     * @throws ParameterException when it contradicts itself, or a number is out of range
     */
    Decoding decodingOr(Decoding usual) {
        var said = way(usual);
        var way = choosesAWay() ? said : usual;
        var rules = rules();
        return rules.isEmpty() ? way : new Decoding.Restricted(way, rules);
    }

    /** Whether anything was said. */
    boolean says() {
        var parsed = spec.commandLine().getParseResult();
        return spec.mixins().values().stream()
                .filter(mixin -> mixin.userObject() == this)
                .flatMap(mixin -> mixin.options().stream())
                .anyMatch(option -> parsed.hasMatchedOption(option.longestName()));
    }

    private boolean choosesAWay() {
        return draws() || greedy || beam != null || contrastive != null || writesAtOnce();
    }

    private boolean writesAtOnce() {
        return passes != null || lengths != null;
    }

    private boolean draws() {
        return temperature != null || topK != null || topP != null || minP != null || typical != null;
    }

    /** Whether another model chooses among its answers. */
    boolean isScored() {
        return scorer != null;
    }

    /** The model with another one that chooses among its answers, where one was said. */
    TrainedModel scored(TrainedModel model, Engine engine, StoredWeights weights) {
        return scorer == null ? model : model.scoredBy(TrainedModel.open(scorer, engine, weights));
    }

    /** How many texts are shown with their scores; empty where it is one without. */
    Optional<Integer> best() {
        if (best != null && beam == null) throw wrong("--best is for --beam.");
        if (best != null && best > beam) throw wrong("--best " + best + " is more than --beam " + beam + ".");
        return Optional.ofNullable(best);
    }

    private Decoding way(Decoding usual) {
        var ways = Stream.of(draws(), greedy, beam != null, contrastive != null, writesAtOnce());
        if (ways.filter(said -> said).count() > 1) {
            throw wrong("choose one: drawing (--temperature, --top-k, --top-p, --min-p, --typical), --greedy, --beam, "
                    + "--contrastive, or --passes and --lengths.");
        }
        requireBelonging();
        if (temperature != null && !isPositive(temperature)) {
            throw wrong("--temperature must be above 0. --greedy takes the likeliest token.");
        }
        if (topP != null && !(topP > 0 && topP <= 1)) throw wrong("--top-p must be above 0 and at most 1.");
        if (minP != null && !(minP >= 0 && minP < 1)) throw wrong("--min-p must be at least 0 and below 1.");
        if (typical != null && !(typical > 0 && typical <= 1)) throw wrong("--typical must be above 0 and at most 1.");
        if (greedy) return Decoding.Greedy.INSTANCE;
        if (beam != null) return search();
        if (contrastive != null) return contrastive();
        if (writesAtOnce()) return atOnce(usual);
        return new Decoding.Sampling(
                temperature == null ? 1 : temperature,
                topK == null ? 0 : topK,
                topP == null ? 1 : topP,
                minP == null ? 0 : minP,
                typical == null ? 1 : typical);
    }

    /** What was said; the rest is as of {@code usual}, where that writes all words at once. */
    private Decoding atOnce(Decoding usual) {
        var rest = usual instanceof Decoding.AllAtOnce written ? written : new Decoding.AllAtOnce();
        return new Decoding.AllAtOnce(
                passes == null ? rest.getPasses() : passes, lengths == null ? rest.getLengths() : lengths);
    }

    /** What belongs to another option is not said without it. */
    private void requireBelonging() {
        if (lengthPenalty != null && beam == null) throw wrong("--length-penalty is for --beam.");
        if (groups != null && beam == null) throw wrong("--groups is for --beam.");
        if (diversity != null && groups == null) throw wrong("--diversity is for --groups.");
        if (coverage != null && beam == null) throw wrong("--coverage is for --beam.");
        if (coverage != null && groups != null) throw wrong("--coverage is for a beam without --groups.");
        if (coverageWeight != null && coverage == null) throw wrong("--coverage-weight is for --coverage.");
        if (!required.isEmpty() && beam == null) throw wrong("--require is for --beam.");
        if (degenerationPenalty != null && contrastive == null) {
            throw wrong("--degeneration-penalty is for --contrastive.");
        }
    }

    private Decoding contrastive() {
        double penalty = degenerationPenalty == null ? USUAL_DEGENERATION_PENALTY : degenerationPenalty;
        if (!(penalty >= 0 && penalty <= 1)) throw wrong("--degeneration-penalty must be at least 0 and at most 1.");
        return new Decoding.Contrastive(contrastive, penalty);
    }

    private Coverage coverage() {
        if (coverage == null) return Coverage.None.INSTANCE;
        double weight = coverageWeight == null ? USUAL_COVERAGE_WEIGHT : coverageWeight;
        if (!isAmount(weight)) throw wrong("--coverage-weight must be 0 or more.");
        return new Coverage.Penalty(some("--coverage", coverage), weight);
    }

    private Decoding search() {
        if (lengthPenalty != null && !isAmount(lengthPenalty)) throw wrong("--length-penalty must be 0 or more.");
        if (diversity != null && !isAmount(diversity)) throw wrong("--diversity must be 0 or more.");
        if (groups != null && beam % groups != 0) {
            throw wrong("--beam " + beam + " cannot be shared by --groups " + groups + ".");
        }
        double penalty = lengthPenalty == null ? 1 : lengthPenalty;
        return groups == null
                ? new Decoding.Beam(beam, penalty, coverage())
                : new Decoding.DiverseBeam(beam, groups, diversity == null ? USUAL_DIVERSITY : diversity, penalty);
    }

    private List<DecodingRule> rules() {
        List<DecodingRule> rules = new ArrayList<>();
        if (noRepeat != null) rules.add(new DecodingRule.NoRepeat(noRepeat));
        if (repetitionPenalty != null) {
            if (!isPositive(repetitionPenalty)) throw wrong("--repetition-penalty must be above 0.");
            rules.add(new DecodingRule.RepetitionPenalty(repetitionPenalty));
        }
        if (beginning != null) rules.add(new DecodingRule.Beginning(some(RULES.beginning(), beginning)));
        required.forEach(text -> rules.add(new DecodingRule.Required(some(RULES.required(), text))));
        stops.forEach(text -> rules.add(new DecodingRule.Stop(some("--stop", text))));
        return rules;
    }

    private String some(String option, String text) {
        if (text.isEmpty()) throw wrong(option + " needs a text.");
        return text;
    }

    private static boolean isPositive(double number) {
        return number > 0 && Double.isFinite(number);
    }

    private static boolean isAmount(double number) {
        return number >= 0 && Double.isFinite(number);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
