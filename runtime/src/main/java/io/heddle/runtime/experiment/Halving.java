package io.heddle.runtime.experiment;

import io.heddle.experiment.Configuration;
import io.heddle.experiment.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Successive halving (Jamieson and Talwalkar 2016, arXiv 1502.07943, figure 2): all configurations are trained for a part of their steps, the
 * better half of them for twice as many, and so on, until those that are left are trained to their end.
 *
 * <p>A configuration is judged by the mean over its seeds of the last held-out loss that it reached by then; one that diverged for
 * any seed comes last. Its schedule is that of all its steps, so that what goes on goes on as if it had never been halved.
 */
public record Halving() implements Search {
    private static final int PARTS = 2;

    @Override
    public void run(List<Trial> planned, Trials trials, BooleanSupplier stop) {
        Map<Configuration, List<Trial>> rivals = new LinkedHashMap<>();
        planned.forEach(trial -> rivals.computeIfAbsent(trial.getConfiguration(), _ -> new ArrayList<>()).add(trial));
        Set<Configuration> left = new LinkedHashSet<>(rivals.keySet());
        int rounds = rounds(left.size());
        for (int round = 0; round <= rounds && !stop.getAsBoolean(); round++) {
            double share = Math.pow(PARTS, round - rounds);
            List<Trial> wanted = planned.stream()
                    .filter(trial -> left.contains(trial.getConfiguration()))
                    .toList();
            trials.train(wanted, share, stop);
            if (round < rounds && !stop.getAsBoolean()) {
                leaveOff(rivals, left, trials, share);
            }
        }
    }

    /** How often so many can be halved before one is left. */
    private static int rounds(int rivals) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rivals);
    }

    private static void leaveOff(Map<Configuration, List<Trial>> rivals, Set<Configuration> left, Trials trials,
            double share) {
        List<Configuration> best = left.stream()
                .sorted(Comparator.comparingDouble(rival -> loss(rivals.get(rival), trials, share)))
                .toList();
        for (Configuration worse : best.subList((best.size() + PARTS - 1) / PARTS, best.size())) {
            left.remove(worse);
            rivals.get(worse).forEach(trials::leaveOff);
        }
    }

    private static double loss(List<Trial> seeds, Trials trials, double share) {
        return seeds.stream()
                .mapToDouble(trial -> trials.heldOutLoss(trial, share))
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
