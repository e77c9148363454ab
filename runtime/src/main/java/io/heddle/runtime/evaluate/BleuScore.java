package io.heddle.runtime.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A BLEU score with what it was made from.
 *
 * @param score 0 to 100
 * @param precisions of n-grams of 1, 2, ... words, 0 to 100, after smoothing
 * @param brevityPenalty the factor for hypotheses that are too short, 0 to 1
 * @param hypothesisLength words in all hypotheses
 * @param referenceLength words in the references closest in length
 * @param matches of n-grams of 1, 2, ... words, before smoothing
 * @param totals n-grams of 1, 2, ... words in the hypotheses, before smoothing
 */
public record BleuScore(
        double score,
        List<Double> precisions,
        double brevityPenalty,
        long hypothesisLength,
        long referenceLength,
        List<Long> matches,
        List<Long> totals) {
    /** sacreBLEU's stand-in for the logarithm of 0. */
    private static final double LOGARITHM_OF_ZERO = -9999999999.0;

    /** Keeps the lists from changing later. */
    public BleuScore {
        precisions = List.copyOf(precisions);
        matches = List.copyOf(matches);
        totals = List.copyOf(totals);
    }

    static BleuScore of(Bleu bleu, long[] matches, long[] totals, long hypothesisLength, long referenceLength) {
        double penalty = brevityPenalty(hypothesisLength, referenceLength);
        double[] precisions = new double[bleu.order()];
        double score = 0;
        if (Arrays.stream(matches).anyMatch(count -> count > 0)) {
            int reached = precisions(bleu.smoothing(), matches, totals, precisions);
            int averaged = bleu.effectiveOrder() ? reached : bleu.order();
            double logarithms = Arrays.stream(precisions)
                    .limit(averaged)
                    .map(precision -> precision == 0 ? LOGARITHM_OF_ZERO : Math.log(precision))
                    .sum();
            score = penalty * Math.exp(logarithms / averaged);
        }
        return new BleuScore(
                score,
                Arrays.stream(precisions).boxed().toList(),
                penalty,
                hypothesisLength,
                referenceLength,
                Arrays.stream(matches).boxed().toList(),
                Arrays.stream(totals).boxed().toList());
    }

    private static double brevityPenalty(long hypothesisLength, long referenceLength) {
        if (hypothesisLength >= referenceLength) {
            return 1;
        }
        return hypothesisLength == 0 ? 0 : Math.exp(1 - (double) referenceLength / hypothesisLength);
    }

    /** Fills in the precisions in percent and returns the longest order of which there are any n-grams. */
    private static int precisions(Smoothing smoothing, long[] matches, long[] totals, double[] precisions) {
        double halved = 1;
        for (int place = 0; place < precisions.length; place++) {
            double added = place > 0 && smoothing instanceof Smoothing.Add add ? add.added() : 0;
            double matched = matches[place] + added;
            double total = totals[place] + added;
            if (total == 0) {
                return place;
            }
            if (matched == 0) {
                halved /= 2;
                matched =
                        switch (smoothing) {
                            case Smoothing.Exponential _ -> halved;
                            case Smoothing.Floor floor -> floor.matches();
                            case Smoothing.None _,Smoothing.Add _ -> 0;
                        };
            }
            precisions[place] = 100 * matched / total;
        }
        return precisions.length;
    }

    /** The line that sacreBLEU prints: {@code BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = ...)}. */
    public String render() {
        double ratio = referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
        String percents =
                precisions.stream().map(precision -> decimal(precision, 1)).collect(Collectors.joining("/"));
        return "BLEU = " + decimal(score, 2) + " " + percents + " (BP = " + decimal(brevityPenalty, 3) + " ratio = "
                + decimal(ratio, 3) + " hyp_len = " + hypothesisLength + " ref_len = " + referenceLength + ")";
    }

    /** As Python rounds, so that the line is sacreBLEU's to the last digit: String.format rounds 6.25 up. */
    private static String decimal(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}
