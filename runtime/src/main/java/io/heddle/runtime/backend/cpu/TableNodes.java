package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;

/** Binds what takes rows from tables and sequences, and puts them back. */
final class TableNodes {
    private TableNodes() {}

    static Kernel embed(BoundNode node, Shares shares) {
        Tensor ids = node.input(1);
        long table = node.input(0).address();
        long idsAddress = ids.address();
        long out = node.output(0).address();
        int rows = (int) node.input(0).size(0);
        int width = (int) node.input(0).size(1);
        int count = (int) ids.elements();
        RangeTask task = node.input(0).type() == DataType.BFLOAT16
                ? (from, to, worker) -> Bfloat16.embed(table, idsAddress, out, rows, width, from, to)
                : (from, to, worker) -> Embedding.forward(table, idsAddress, out, rows, width, from, to);
        return () -> {
            IndexChecks.ids(node.path(), ids, rows);
            shares.rows(count, width, task);
        };
    }

    static Kernel embedGradient(BoundNode node, Shares shares) {
        Tensor ids = node.input(0);
        long idsAddress = ids.address();
        long upstream = node.input(1).address();
        long out = node.output(0).address();
        int rows = (int) node.output(0).size(0);
        int width = (int) node.output(0).size(1);
        int count = (int) ids.elements();
        RangeTask clear = (from, to, worker) -> Memory.fill(Memory.at(out, from), 0f, to - from);
        RangeTask accumulate = (from, to, worker) -> Embedding.accumulateGradient(idsAddress, upstream, out, count,
                rows, width, from, to);
        return () -> {
            IndexChecks.ids(node.path(), ids, rows);
            shares.numbers(rows * width, clear);
            shares.columns(width, count, accumulate);
        };
    }

    static Kernel takeLast(BoundNode node) {
        Tensor lengths = node.input(1);
        long x = node.input(0).address();
        long out = node.output(0).address();
        long time = node.input(0).size(1);
        int width = (int) node.input(0).size(2);
        int batch = (int) lengths.elements();
        return () -> {
            IndexChecks.lengths(node.path(), lengths, time);
            for (int row = 0; row < batch; row++) {
                int length = lengths.index(row);
                long target = Memory.at(out, (long) row * width);
                if (length == 0) {
                    Memory.fill(target, 0f, width);
                } else {
                    RawMemory.copy(Memory.at(x, (row * time + length - 1) * width), target, 4L * width);
                }
            }
        };
    }

    static Kernel putLast(BoundNode node, Shares shares) {
        Tensor lengths = node.input(1);
        long x = node.input(0).address();
        long out = node.output(0).address();
        long time = node.output(0).size(1);
        int width = (int) node.output(0).size(2);
        int batch = (int) lengths.elements();
        int count = (int) node.output(0).elements();
        RangeTask clear = (from, to, worker) -> Memory.fill(Memory.at(out, from), 0f, to - from);
        return () -> {
            IndexChecks.lengths(node.path(), lengths, time);
            shares.numbers(count, clear);
            for (int row = 0; row < batch; row++) {
                int length = lengths.index(row);
                if (length > 0) {
                    long target = Memory.at(out, (row * time + length - 1) * width);
                    RawMemory.copy(Memory.at(x, (long) row * width), target, 4L * width);
                }
            }
        };
    }

    static Kernel writeAt(BoundNode node) {
        Tensor before = node.input(0);
        Tensor after = node.output(0);
        Tensor offset = node.input(2);
        long from = before.address();
        long to = after.address();
        long fresh = node.input(1).address();
        long bytes = after.bytes();
        long rows = node.input(1).size(1);
        long capacity = after.size(1);
        long width = after.size(2);
        int batch = (int) after.size(0);
        return () -> {
            int first = offset.index(0);
            IndexChecks.room(node.path(), first, rows, capacity);
            if (from != to) {
                RawMemory.copy(from, to, bytes);
            }
            for (int row = 0; row < batch; row++) {
                long target = Memory.at(to, (row * capacity + first) * width);
                RawMemory.copy(Memory.at(fresh, row * rows * width), target, 4 * rows * width);
            }
        };
    }
}
