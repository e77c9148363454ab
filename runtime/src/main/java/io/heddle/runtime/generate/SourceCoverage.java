package io.heddle.runtime.generate;

import io.heddle.check.ProblemsException;
import io.heddle.lowering.AttentionWeights;
import io.heddle.lowering.WeightsOver;
import io.heddle.model.CrossAttention;
import io.heddle.model.Model;
import io.heddle.recipe.Coverage;
import io.heddle.rules.AttentionPlace;
import io.heddle.rules.Attentions;
import io.heddle.runtime.messages.DecodingMessages;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How much an answer has looked at each token of its source.
 *
 * @param path the cross-attention that says so
 * @param weight what it counts for
 */
record SourceCoverage(String path, double weight) {
    /** A token that was never looked at would cost infinitely much. */
    private static final double LEAST = 1e-9;

    /**
     * The attention that a penalty names, and what it counts for.
     *
     * @throws ProblemsException when it names none, or several, or one that looks at no source
     */
    static SourceCoverage of(Model model, Coverage.Penalty penalty) {
        return new SourceCoverage(place(model, penalty).getPath(), penalty.getWeight());
    }

    /**
     * The attention that a penalty names.
     *
     * @throws ProblemsException when it names none, or several, or one that looks at no source
     */
    static AttentionPlace place(Model model, Coverage.Penalty penalty) {
        List<AttentionPlace> named = Attentions.attentions(model, penalty.getAttention());
        AttentionPlace first = named.getFirst();
        if (named.size() > 1) {
            throw new ProblemsException(DecodingMessages.severalCover(penalty.getAttention(), named.size()));
        }
        boolean positions = AttentionWeights.getWeightsOver(first.getAttention()) == WeightsOver.Positions;
        if (!(first.getAttention() instanceof CrossAttention) || !positions) {
            throw new ProblemsException(DecodingMessages.coversNoSource(first.getPath()));
        }
        return first;
    }

    /**
     * What was added by the token that a row has read last: the mean over heads.
     *
     * @param token of how many that were read at once it is the last, less 1
     * @param length of the source, without padding
     */
    double[] looked(DecodingSession session, int row, int token, int length) {
        INDArray weights = session.weights(path);
        long heads = weights.size(1);
        double[] looked = new double[length];
        for (int head = 0; head < heads; head++) {
            for (int place = 0; place < length; place++) {
                looked[place] += weights.getDouble(row, head, token, place) / heads;
            }
        }
        return looked;
    }

    /** {@code weight * sum(log(min(seen, 1)))} (arXiv 1609.08144, equation 14). */
    double penalty(double[] seen) {
        double sum = 0;
        for (double share : seen) {
            sum += Math.log(Math.clamp(share, LEAST, 1));
        }
        return weight * sum;
    }
}
