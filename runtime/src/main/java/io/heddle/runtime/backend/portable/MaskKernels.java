package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.MaskKt;
import io.heddle.terms.MaskView;
import io.heddle.terms.Sight;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What masks and lengths say, as numbers. */
final class MaskKernels {
    private MaskKernels() {}

    static Kernel realPositions(BoundNode node) {
        Tensor lengths = node.input(0);
        Reals out = new Reals(node.output(0));
        long elements = node.output(0).elements();
        long time = node.output(0).size(1);
        return () -> {
            IndexChecks.lengths(node.path(), lengths, time);
            for (long at = 0; at < elements; at++) {
                out.set(at, at % time < lengths.index(at / time) ? 1 : 0);
            }
        };
    }

    static Kernel scores(Op.MaskScores op, BoundNode node) {
        Reals out = new Reals(node.output(0));
        int keys = Math.toIntExact(node.output(0).size(-1));
        int queries = Math.toIntExact(node.output(0).size(-2));
        List<Related> views = views(op, node, keys);
        BitSet seen = new BitSet(Math.toIntExact(node.output(0).elements()));
        boolean[] drawn = {false};
        int[] drawnFrom = {0};
        return () -> {
            int offset = node.input(0).index(0);
            // What positions alone tell stays until they move, and may take long to tell.
            if (node.inputs().size() > 1 || !drawn[0] || offset != drawnFrom[0]) {
                drawn[0] = true;
                drawnFrom[0] = offset;
                for (int at = 0; at < views.size(); at++) {
                    draw(op, views.get(at).from(offset), seen, at * queries, queries, keys);
                }
            }
            for (int place = 0; place < views.size() * queries * keys; place++) {
                out.set(place, seen.get(place) ? 0 : Double.NEGATIVE_INFINITY);
            }
        };
    }

    private static void draw(Op.MaskScores op, Related view, BitSet seen, int row, int queries, int keys) {
        for (int query = 0; query < queries; query++) {
            for (int key = 0; key < keys; key++) {
                Sight sight = op.getMask().sight((long) view.offset + query, key, view);
                seen.set((row + query) * keys + key, sight == Sight.Seen);
            }
        }
    }

    /** A view for each head, of each sequence where relations are given. */
    private static List<Related> views(Op.MaskScores op, BoundNode node, int keys) {
        Map<String, Tensor> relations = new HashMap<>();
        for (String name : MaskKt.relations(op.getMask())) {
            relations.put(name, node.input(1 + relations.size()));
        }
        int batch = relations.isEmpty() ? 1 : Math.toIntExact(node.output(0).size(0));
        int columns = node.size(op.getColumns());
        List<Related> views = new ArrayList<>();
        for (int at = 0; at < batch * op.getHeads(); at++) {
            views.add(new Related(op, keys, columns, at % op.getHeads(), at / op.getHeads(), relations));
        }
        return views;
    }

    /** A head's view with the relations of one sequence at hand. What lies outside of them is not related. */
    private static final class Related extends MaskView {
        private final int batch;
        private final Map<String, Tensor> relations;
        private int offset;

        Related(Op.MaskScores op, int keys, int columns, int head, int batch, Map<String, Tensor> relations) {
            super(keys, columns, head, op.getHeads(), op.getLayer());
            this.batch = batch;
            this.relations = relations;
        }

        /** The same with queries from this position on. */
        Related from(int position) {
            offset = position;
            return this;
        }

        @Override
        public Sight given(String relation, long query, long key) {
            Tensor pairs = relations.get(relation);
            long row = query - offset;
            boolean inside = row >= 0 && row < pairs.size(1) && key < pairs.size(2);
            boolean related = inside && pairs.index((batch * pairs.size(1) + row) * pairs.size(2) + key) != 0;
            return related ? Sight.Seen : Sight.Hidden;
        }
    }
}
