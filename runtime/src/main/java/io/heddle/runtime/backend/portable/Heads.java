package io.heddle.runtime.backend.portable;

import io.heddle.graph.AttentionKind;
import io.heddle.graph.Element;
import io.heddle.graph.ScoreBias;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.random.DropoutStream;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.MaskRows;
import io.heddle.terms.MaskView;
import java.util.Arrays;
import java.util.BitSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What attention and its gradient share: the heads of a tensor, the mask, the bias, and the dropout of probabilities.
 *
 * @param more where the inputs begin that need not be there: the bias, then randomness
 */
record Heads(AttentionKind kind, BoundNode node, int more) {
    long batch() {
        return node.input(0).size(0);
    }

    int queries() {
        return Math.toIntExact(node.input(0).size(1));
    }

    int keys() {
        return Math.toIntExact(node.input(1).size(1));
    }

    /** Which head of keys and values serves this head of queries. */
    int keyValueHead(int head) {
        return head / (kind.getHeads() / kind.getKeyValueHeads());
    }

    /** One head of one sequence, a view {@code [time, head width]} of {@code [batch, time, heads * head width]}. */
    static INDArray view(Tensor tensor, long batch, int head, int heads) {
        long time = tensor.size(1);
        long width = tensor.size(2) / heads;
        long offset = batch * time * tensor.size(2) + head * width;
        return Nd.view(tensor.array(), offset, new long[] {time, width}, new long[] {tensor.size(2), 1});
    }

    /** A copy of one head of one sequence: {@code [time, head width]}. */
    static INDArray copy(Tensor tensor, long batch, int head, int heads) {
        return view(tensor, batch, head, heads).dup('c');
    }

    /** One number per query: what {@code [batch, heads, query]} holds for this head, as a view {@code [query, 1]}. */
    INDArray perQuery(Tensor tensor, long batch, int head) {
        long offset = (batch * kind.getHeads() + head) * queries();
        return Nd.view(tensor.array(), offset, new long[] {queries(), 1}, new long[] {1, 1});
    }

    /** Whether heads see different keys. */
    boolean seeDifferently() {
        return MaskRows.getDiffersByHead(kind.getMask());
    }

    /** Zero where a query sees a key and minus infinity where it does not: {@code [query, key]}. */
    INDArray hidden(long batch, int head) {
        int keyCount = keys();
        int length = node.input(3).index(batch);
        long offset = node.input(4).index(0);
        MaskView view = new MaskView(keyCount, keyCount, head, kind.getHeads(), 0);
        double[] hidden = new double[queries() * keyCount];
        Arrays.fill(hidden, Double.NEGATIVE_INFINITY);
        for (int query = 0; query < queries(); query++) {
            // What the mask leaves open is for the bias to hide.
            BitSet seen = MaskRows.seenKeys(kind.getMask(), offset + query, view);
            for (int key = seen.nextSetBit(0); key >= 0 && key < length; key = seen.nextSetBit(key + 1)) {
                hidden[query * keyCount + key] = 0;
            }
        }
        return Nd.of(hidden, node.precision().type(Element.Real), queries(), keyCount);
    }

    /** The bias of a head, or the gradient of it, as a view {@code [query, key]}. */
    INDArray bias(Tensor tensor, long batch, int head) {
        long row =
                switch (kind.getBias()) {
                    case None -> throw new IllegalStateException("There is no bias.");
                    case ForAll -> head;
                    case ForEach -> batch * kind.getHeads() + head;
                };
        long[] shape = {queries(), keys()};
        return Nd.view(tensor.array(), row * queries() * keys(), shape, new long[] {keys(), 1});
    }

    boolean isBiased() {
        return kind.getBias() != ScoreBias.None;
    }

    private Tensor randomness() {
        return node.input(isBiased() ? more + 1 : more);
    }

    /** What each probability of a head is multiplied by: {@code [query, key]}. */
    INDArray kept(long batch, int head) {
        int keyCount = keys();
        double[] factors = new double[queries() * keyCount];
        if (kind.getDropout() == 0) {
            Arrays.fill(factors, 1);
        } else {
            DropoutStream stream =
                    DropoutKernel.stream(kind.getStream(), kind.getDropout(), randomness());
            for (int place = 0; place < factors.length; place++) {
                long element = DropoutStream.attentionElement(
                        batch, head, place / keyCount, place % keyCount, kind.getHeads(), queries(), keyCount);
                factors[place] = stream.keeps(element) ? 1 / (1 - kind.getDropout()) : 0;
            }
        }
        return Nd.of(factors, node.precision().type(Element.Real), queries(), keyCount);
    }

    /** The scaled and biased scores of a head, minus infinity where a key is hidden: {@code [query, key]}. */
    INDArray scores(long batch, int head, INDArray hidden) {
        INDArray queries = copy(node.input(0), batch, head, kind.getHeads());
        INDArray keys = copy(node.input(1), batch, keyValueHead(head), kind.getKeyValueHeads());
        INDArray scores = Nd.multiply(queries, false, keys, true, kind.getScale()).addi(hidden);
        return isBiased() ? scores.addi(bias(node.input(more), batch, head)) : scores;
    }

    void check() {
        IndexChecks.lengths(node.path(), node.input(3), keys());
    }
}
