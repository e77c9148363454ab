package io.heddle.runtime.generate;

/** Scores as logarithms of probabilities. */
final class LogProbabilities {
    private LogProbabilities() {}

    /** {@code logits - log(sum(exp(logits)))}, stable for any scores. */
    static double[] of(double[] logits) {
        double total = logSumExp(logits);
        double[] logarithms = new double[logits.length];
        for (int id = 0; id < logits.length; id++) {
            logarithms[id] = logits[id] - total;
        }
        return logarithms;
    }

    /** That of one of them. */
    static double of(double[] logits, int id) {
        return logits[id] - logSumExp(logits);
    }

    private static double logSumExp(double[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(sum);
    }
}
