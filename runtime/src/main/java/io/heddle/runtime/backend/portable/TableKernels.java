package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
        INDArray ids = node.input(0).array().reshape(node.input(0).elements());
        INDArray upstream = Nd.rows(node.input(1));
        INDArray out = node.output(0).array();
        INDArray rows = Nd4j.scalar(Math.toIntExact(out.size(0)));
        return () -> {
            IndexChecks.ids(node.path(), node.input(0), out.size(0));
            out.assign(0);
            Nd4j.exec(DynamicCustomOp.builder("unsorted_segment_sum")
                    .addInputs(upstream, ids, rows)
                    .addOutputs(out)
                    .build());
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
                    out.getRow(batch).assign(x.getRow(batch * time + length - 1));
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
                    out.getRow(batch * time + length - 1).assign(x.getRow(batch));
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
            after.array()
                    .get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + fresh.size(1)), NDArrayIndex.all())
                    .assign(fresh);
        };
    }
}
