package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Rows taken from tables and sequences, and put back. */
final class TableKernels {
    private TableKernels() {}

    static Kernel embed(BoundNode node) {
        INDArray table = node.input(0).array();
        INDArray ids = node.input(1).array().reshape(node.input(1).elements());
        INDArray out = Nd.rows(node.output(0));
        return () -> {
            IndexChecks.ids(node.path(), node.input(1), table.size(0));
            Nd4j.exec(DynamicCustomOp.builder("gather")
                    .addInputs(table, ids)
                    .addOutputs(out)
                    .addIntegerArguments(0)
                    .build());
        };
    }

    static Kernel embedGradient(BoundNode node) {
        Tensor ids = node.input(0);
        INDArray upstream = Nd.rows(node.input(1));
        INDArray out = node.output(0).array();
        return () -> {
            IndexChecks.ids(node.path(), ids, out.size(0));
            out.assign(0);
            // ND4J's segment sums and scatters lose rows or columns.
            for (long place = 0; place < ids.elements(); place++) {
                Nd.row(out, ids.index(place)).addi(Nd.row(upstream, place));
            }
        };
    }

    static Kernel takeLast(BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray out = node.output(0).array();
        Tensor lengths = node.input(1);
        long time = node.input(0).size(1);
        return () -> {
            IndexChecks.lengths(node.path(), lengths, time);
            out.assign(0);
            for (long batch = 0; batch < lengths.elements(); batch++) {
                int length = lengths.index(batch);
                if (length > 0) {
                    Nd.row(out, batch).assign(Nd.row(x, batch * time + length - 1));
                }
            }
        };
    }

    static Kernel putLast(BoundNode node) {
        INDArray x = node.input(0).array();
        INDArray out = Nd.rows(node.output(0));
        Tensor lengths = node.input(1);
        long time = node.output(0).size(1);
        return () -> {
            IndexChecks.lengths(node.path(), lengths, time);
            out.assign(0);
            for (long batch = 0; batch < lengths.elements(); batch++) {
                int length = lengths.index(batch);
                if (length > 0) {
                    Nd.row(out, batch * time + length - 1).assign(Nd.row(x, batch));
                }
            }
        };
    }

    static Kernel writeAt(BoundNode node) {
        Tensor before = node.input(0);
        Tensor after = node.output(0);
        INDArray fresh = node.input(1).array();
        Tensor offset = node.input(2);
        boolean elsewhere = before.address() != after.address();
        return () -> {
            int from = offset.index(0);
            IndexChecks.room(node.path(), from, fresh.size(1), after.size(1));
            if (elsewhere) {
                after.array().assign(before.array());
            }
            long width = after.size(2);
            long stride = after.size(1) * width;
            Nd.view(after.array(), from * width, fresh.shape(), new long[] {stride, width, 1})
                    .assign(fresh);
        };
    }
}
