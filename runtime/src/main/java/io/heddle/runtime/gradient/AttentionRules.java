package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.List;
import java.util.stream.Stream;

/** Attention: one op back, which computes the probabilities again from the saved logSumExp. */
final class AttentionRules {
    private static final int QUERIES_KEYS_VALUES = 3;

    /** How many inputs there always are; a bias and randomness may follow. */
    private static final int PLACED = 5;

    private AttentionRules() {}

    /**
     * The gradients of {@code out = sum_j m_ij p_ij v_j}, where m is the dropout's 0 or {@code 1 / (1 - rate)}.
     *
     * <pre>
     *   p_ij = exp(scale * q_i k_j + b_ij - logSumExp_i)    D_i = dout_i out_i
     *   s_ij = p_ij * (m_ij * dout_i v_j - D_i)             db_ij = s_ij
     *   dv_j = sum_i m_ij p_ij dout_i    dq_i = scale * sum_j s_ij k_j    dk_j = scale * sum_i s_ij q_i
     * </pre>
     *
     * <p>Source: FlashAttention-2 (arXiv 2307.08691), section 3.1.2.
     */
    static void attention(Adjoint at, Op.Attention attention) {
        if (!at.flowsThrough(1)) {
            return;
        }
        List<Value> inputs = at.node().getInputs();
        Value[] read = Stream.of(
                inputs.subList(0, PLACED),
                List.of(at.output(0), at.output(1), at.dy()),
                inputs.subList(PLACED, inputs.size()))
                .flatMap(List::stream)
                .toArray(Value[]::new);
        List<Value> made = at.addAll(new Op.AttentionGradient(attention.getKind()), read);
        for (int input = 0; input < QUERIES_KEYS_VALUES; input++) {
            at.give(input, made.get(input));
        }
        if (made.size() > QUERIES_KEYS_VALUES) {
            at.give(PLACED, made.get(QUERIES_KEYS_VALUES));
        }
    }
}
