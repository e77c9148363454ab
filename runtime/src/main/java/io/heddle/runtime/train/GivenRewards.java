package io.heddle.runtime.train;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Reward;
import io.heddle.recipe.Rewards;
import io.heddle.recipe.SequenceReward;
import io.heddle.runtime.evaluate.Bleu;
import io.heddle.runtime.evaluate.ChrF;
import io.heddle.runtime.evaluate.ExactMatch;
import io.heddle.runtime.evaluate.Smoothing;
import io.heddle.runtime.messages.RewardMessages;
import java.util.List;
import java.util.Optional;
import kotlin.NotImplementedError;

/** What rewards say of texts. */
public final class GivenRewards {
    private static final double PERCENT = 100;

    private GivenRewards() {}

    /**
     * A reward as a function of what was written and its target; see {@link Reward}.
     *
     * @throws ProblemsException when it is a function that is not there; what is returned throws one where that gives no number
     */
    public static SequenceReward of(Reward reward) {
        return switch (reward) {
            case Reward.Bleu bleu -> {
                Bleu smoothed = Bleu.standard()
                        .with(new LineScores(bleu.getTokenization()).cut())
                        .with(new Smoothing.Add(1));
                yield (written, target) -> smoothed.score(List.of(written), List.of(target)).score() / PERCENT;
            }
            case Reward.ChrF _ ->
                    (written, target) -> ChrF.standard().score(List.of(written), List.of(target)) / PERCENT;
            case Reward.ExactMatch _ ->
                    (written, target) -> ExactMatch.score(List.of(written), List.of(target)) / PERCENT;
            case Reward.Function function -> {
                String name = function.getName();
                SequenceReward said = function.reward()
                        .orElseThrow(() -> new ProblemsException(RewardMessages.functionIsMissing(name)));
                yield (written, target) -> finite(name, asked(name, said, written, target), written, target);
            }
        };
    }

    /**
     * Returns when what rewards is there.
     *
     * @throws ProblemsException when it is a function that is not
     */
    public static void require(Rewards rewards) {
        Optional<Reward> reward = switch (rewards) {
            case Rewards.None _ -> Optional.empty();
            case Rewards.Reinforce reinforce -> Optional.of(reinforce.getReward());
            case Rewards.Mixer mixer -> Optional.of(mixer.getReward());
            case Rewards.MinimumRisk risk -> Optional.of(risk.getReward());
        };
        reward.ifPresent(GivenRewards::of);
    }

    /** What a function says, which may fail in any way: it is the user's. */
    private static double asked(String name, SequenceReward said, String written, String target) {
        try {
            return said.of(written, target);
        } catch (Exception | AssertionError | NotImplementedError thrown) {
            throw new ProblemsException(RewardMessages.functionThrows(name, thrown, written, target), thrown);
        }
    }

    private static double finite(String name, double reward, String written, String target) {
        if (!Double.isFinite(reward)) {
            throw new ProblemsException(RewardMessages.notANumber(name, reward, written, target));
        }
        return reward;
    }
}
