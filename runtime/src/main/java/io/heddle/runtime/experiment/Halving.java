package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.experiment.Configuration;
import io.heddle.experiment.Trial;
import io.heddle.recipe.Rewards;
import io.heddle.runtime.messages.ExperimentMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Successive halving (Jamieson and Talwalkar 2016, arXiv 1502.07943, figure 2): all configurations are trained for a part of their steps, the
 * better half of them for twice as many, and so on, until one is left, which is trained to its end. Of an odd number, the larger half
 * goes on.
 *
 * <p>A configuration is judged by the mean over its seeds of the last held-out loss that it reached by then, or what the experiment names
 * instead, or that of the best where it keeps the best; one that diverged for any seed comes last. Its schedule is that of all its steps, so that what goes on goes on as if it had never been halved.
 */
public record Halving() implements Search {
    private static final int PARTS = 2;

    /** The first round has to reach a look at held-out data after step 0: nothing is known of a model that has learned nothing. */
    @Override
    public List<Problem> problems(List<Trial> planned) {
        double share = share(0, rounds(Math.toIntExact(rivals(planned))));
        return share == Trials.ALL_STEPS
                ? List.of()
                : Stream.concat(judgedTooEarly(planned, share), judgedBeforeRewards(planned, share)).toList();
    }

    private static Stream<Problem> judgedTooEarly(List<Trial> planned, double share) {
        return planned.stream()
                .filter(trial -> Trials.steps(trial, share) < trial.getRecipe().getEvaluation().getEvery())
                .limit(1)
                .map(trial -> ExperimentMessages.judgedTooEarly(
                        trial.getConfiguration().getName(),
                        Trials.steps(trial, share),
                        trial.getRecipe().getEvaluation().getEvery()));
    }

    /** Until rewards begin, trials that differ in them alone are the same. */
    private static Stream<Problem> judgedBeforeRewards(List<Trial> planned, double share) {
        if (planned.stream().map(trial -> trial.getRecipe().getRewards()).distinct().count() == 1) {
            return Stream.empty();
        }
        return planned.stream()
                .filter(trial -> switch (trial.getRecipe().getRewards()) {
                    case Rewards.None _ -> false;
                    case Rewards.Reinforce _,Rewards.Mixer _,Rewards.MinimumRisk _ ->
                            trial.getRecipe().getRewards().getAfter() >= Trials.steps(trial, share);
                })
                .limit(1)
                .map(trial -> ExperimentMessages.judgedBeforeRewards(
                        trial.getConfiguration().getName(),
                        Trials.steps(trial, share),
                        trial.getRecipe().getRewards().getAfter()));
    }

    private static long rivals(List<Trial> planned) {
        return planned.stream().map(Trial::getConfiguration).distinct().count();
    }

    private static double share(int round, int rounds) {
        return Math.pow(PARTS, round - rounds);
    }

    @Override
    public void run(List<Trial> planned, Trials trials, BooleanSupplier stop) {
        Map<Configuration, List<Trial>> rivals = new LinkedHashMap<>();
        planned.forEach(trial -> rivals.computeIfAbsent(trial.getConfiguration(), _ -> new ArrayList<>()).add(trial));
        Set<Configuration> left = new LinkedHashSet<>(rivals.keySet());
        int rounds = rounds(left.size());
        for (int round = 0; round <= rounds && !stop.getAsBoolean(); round++) {
            double share = share(round, rounds);
            List<Trial> wanted = planned.stream()
                    .filter(trial -> left.contains(trial.getConfiguration()))
                    .toList();
            trials.train(wanted, share, stop);
            if (round < rounds && !stop.getAsBoolean()) {
                leaveOff(rivals, left, trials, share);
            }
        }
    }

    /** How often so many are halved before one is left. */
    private static int rounds(int rivals) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(rivals - 1);
    }

    private static void leaveOff(Map<Configuration, List<Trial>> rivals, Set<Configuration> left, Trials trials,
            double share) {
        List<Configuration> best = left.stream()
                .sorted(Comparator.comparingDouble(rival -> rank(rivals.get(rival), trials, share)))
                .toList();
        for (Configuration worse : best.subList((best.size() + PARTS - 1) / PARTS, best.size())) {
            left.remove(worse);
            rivals.get(worse).forEach(trials::leaveOff);
        }
    }

    private static double rank(List<Trial> seeds, Trials trials, double share) {
        return seeds.stream()
                .mapToDouble(trial -> trials.rank(trial, share))
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
