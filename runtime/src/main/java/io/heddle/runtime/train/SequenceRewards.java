package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.recipe.Baseline;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Reward;
import io.heddle.recipe.Rewards;
import io.heddle.recipe.SequenceReward;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.data.PositionLimit;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a model learns from sequences that it writes itself; see {@link Rewards}.
 *
 * <p>What is drawn depends on (seed, number of the batch, place in the batch) alone.
 */
public final class SequenceRewards {
    /** Widths are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int WIDTH_MULTIPLE = 4;

    private final RunnableModel model;
    private final Rewards rewards;
    private final Tokenizer tokenizer;
    private final SequenceReward reward;
    private final Optional<LearnedBaseline> baseline;
    private final String logits;
    private final int multiple;
    private final long seed;

    private SequenceRewards(
            RunnableModel model,
            Rewards rewards,
            Reward reward,
            Tokenizer tokenizer,
            Optional<LearnedBaseline> baseline,
            long seed) {
        this.baseline = baseline;
        this.model = model;
        this.rewards = rewards;
        this.tokenizer = tokenizer;
        this.reward = GivenRewards.of(reward);
        this.seed = seed;
        ModelRoles roles = model.roles();
        logits = roles.logits().getName();
        Optional<PositionLimit> limit = roles.writtenLimit();
        multiple = limit.map(positions -> positions.multiple(WIDTH_MULTIPLE)).orElse(WIDTH_MULTIPLE);
    }

    /**
     * The rewards of a training; empty where there are none.
     *
     * @param tokenizer of what is written
     * @param baseline of the training, if it is one that learns
     * @throws io.heddle.check.ProblemsException when the reward is a function that is not there
     */
    public static Optional<SequenceRewards> of(
            RunnableModel model,
            Rewards rewards,
            Tokenizer tokenizer,
            Optional<LearnedBaseline> baseline,
            long seed) {
        return switch (rewards) {
            case Rewards.None _ -> Optional.empty();
            case Rewards.Reinforce reinforce -> Optional.of(
                    new SequenceRewards(model, rewards, reinforce.getReward(), tokenizer, baseline, seed));
            case Rewards.Mixer mixer -> Optional.of(
                    new SequenceRewards(model, rewards, mixer.getReward(), tokenizer, baseline, seed));
            case Rewards.MinimumRisk risk -> Optional.of(
                    new SequenceRewards(model, rewards, risk.getReward(), tokenizer, baseline, seed));
        };
    }

    /**
     * What is learned from a batch; empty where that is the cross entropy of its words alone.
     *
     * @param done how many steps were taken before
     * @param number of the batch among all that the training reads
     * @param sources how many there are in all batches of the step
     * @param shown tells what the model makes of sequences, with the dropout of the step
     */
    public Optional<RewardedBatch> of(Batch batch, long done, long number, long sources, ShownSequences shown) {
        if (done < rewards.getAfter()) {
            return Optional.empty();
        }
        SequenceWriter writer = new SequenceWriter(model, tokenizer, reward, batch);
        Drawing drawing = new Drawing(Philox.longWord(seed, Streams.stream("rewards"), number), sources, shown);
        return switch (rewards) {
            case Rewards.None _ -> Optional.empty();
            case Rewards.Reinforce reinforce -> Optional.of(reinforced(
                    batch, writer, 0, reinforce.getSamples(), reinforce.getBaseline(), drawing));
            case Rewards.Mixer mixer -> {
                int given = mixer.words(done);
                yield given >= writer.longest()
                        ? Optional.empty()
                        : Optional.of(reinforced(batch, writer, given, 1, mixer.getBaseline(), drawing));
            }
            case Rewards.MinimumRisk risk -> {
                List<OwnSequence> own = writer.write(new Decoding.Sampling(), 0, risk.getSamples(), drawing.seed());
                String losses = Names.drawnLosses(logits);
                yield Optional.of(new RewardRisk(risk, batch, own, writer.targets(), padding(), multiple, losses)
                        .measuredBy(shown, sources));
            }
        };
    }

    /**
     * How sequences are drawn for a batch.
     *
     * @param sources how many there are in all batches of the step
     */
    private record Drawing(long seed, long sources, ShownSequences shown) {}

    /** @param given how many words of each target come first, and are learned by cross entropy */
    private RewardedBatch reinforced(
            Batch batch, SequenceWriter writer, int given, int samples, Baseline baseline, Drawing drawing) {
        List<OwnSequence> own = writer.write(new Decoding.Sampling(), given, samples, drawing.seed());
        SequenceBatch sequences = new SequenceBatch(batch, own, multiple);
        Batch read = sequences.batch(own.stream().mapToInt(OwnSequence::given).toArray(), padding());
        double[] rewarded = sequences.spread(own.stream().mapToDouble(OwnSequence::reward).toArray());
        double[] expected = switch (baseline) {
            case Baseline.None _ -> new double[rewarded.length];
            case Baseline.SelfCritical _ -> sequences.spread(greedy(writer, given, own));
            case Baseline.MeanOfOthers _ -> sequences.spread(others(own, samples));
            case Baseline.Learned _ -> learned(read, sequences.drawn(), rewarded, drawing.shown());
        };
        double count = (double) drawing.sources() * samples;
        double[] weights = new double[rewarded.length];
        Arrays.setAll(weights, place -> (rewarded[place] - expected[place]) / count);
        double sum = own.stream().mapToDouble(OwnSequence::reward).sum();
        return new RewardedBatch(read, sequences.drawn(), weights, -sum / count);
    }

    /** What was expected at each word before these rewards were known, from which it learns. */
    private double[] learned(Batch read, IntTensor drawn, double[] rewarded, ShownSequences shown) {
        LearnedBaseline expects = baseline.orElseThrow();
        RewardedBatch nothing = new RewardedBatch(read, drawn, new double[rewarded.length], 0);
        double[] states = shown.output(nothing, Names.drawnStates(logits));
        double[] expected = expects.expected(states, drawn);
        expects.learn(states, drawn, rewarded);
        return expected;
    }

    private static double[] greedy(SequenceWriter writer, int given, List<OwnSequence> own) {
        List<OwnSequence> likeliest = writer.write(Decoding.Greedy.INSTANCE, given, 1, 0);
        return own.stream()
                .mapToDouble(sequence -> likeliest.get(sequence.row()).reward())
                .toArray();
    }

    private static double[] others(List<OwnSequence> own, int samples) {
        int rows = own.size() / samples;
        double[] sums = new double[rows];
        own.forEach(sequence -> sums[sequence.row()] += sequence.reward());
        return own.stream()
                .mapToDouble(sequence -> (sums[sequence.row()] - sequence.reward()) / (samples - 1.0))
                .toArray();
    }

    private int padding() {
        return tokenizer.specialIds().padding().orElse(0);
    }
}
