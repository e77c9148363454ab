package io.heddle.runtime.program;

import io.heddle.graph.Start;
import io.heddle.runtime.random.Normal;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import io.heddle.runtime.random.TruncatedNormal;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.KaimingNormal;
import io.heddle.terms.KaimingUniform;
import io.heddle.terms.XavierNormal;
import io.heddle.terms.XavierUniform;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The numbers of weights before training.
 *
 * <p>Number i of weight w is a function of (seed, w, i): draw i of the stream {@code "initialize <w>"}. In float it is the
 * double's rounding, so both precisions begin alike.
 */
final class Initialization {
    private static final int CHUNK = 1 << 14;

    private Initialization() {}

    static void draw(ParameterBuffer parameters, long seed) {
        parameters.layout().entries().values().forEach(entry -> {
            Tensor tensor = parameters.place(entry.name());
            switch (entry.start()) {
                case Start.Zeros zeros -> RawMemory.clear(tensor.address(), tensor.bytes());
                case Start.Ones ones -> tensor.array().assign(1);
                case Start.Filled filled -> tensor.array().assign(filled.getValue());
                case Start.Drawn drawn -> fill(tensor, scaled(drawn, draws(drawn, seed, stream(entry))));
                case Start.Directions directions -> fill(tensor, normal(1, directions.getSeed(), stream(entry)));
                case Start.Orthogonal orthogonal -> {
                    double[] rows = OrthogonalRows.draw(tensor.shape(), orthogonal.getSeed(), stream(entry));
                    write(rows, tensor.address(), tensor.type().width());
                }
            }
        });
    }

    private static long stream(ParameterLayout.Entry entry) {
        return Streams.stream("initialize " + entry.name());
    }

    private static LongToDoubleFunction scaled(Start.Drawn drawn, LongToDoubleFunction draws) {
        double factor = drawn.getFactor();
        return factor == 1.0 ? draws : index -> factor * draws.applyAsDouble(index);
    }

    private static LongToDoubleFunction draws(Start.Drawn drawn, long seed, long stream) {
        double inputs = drawn.getInputs();
        double outputs = drawn.getOutputs();
        return switch (drawn.getInitializer()) {
            case XavierUniform xavier -> uniform(xavier.getGain() * Math.sqrt(6 / (inputs + outputs)), seed, stream);
            case XavierNormal xavier -> normal(xavier.getGain() * Math.sqrt(2 / (inputs + outputs)), seed, stream);
            case KaimingUniform kaiming -> uniform(Math.sqrt(6 / inputs), seed, stream);
            case KaimingNormal kaiming -> normal(Math.sqrt(2 / inputs), seed, stream);
            case io.heddle.terms.Normal normal -> normal(normal.getDeviation(), seed, stream);
            case io.heddle.terms.TruncatedNormal normal -> {
                double deviation = normal.getDeviation();
                TruncatedNormal draws = TruncatedNormal.twoDeviations();
                yield index -> deviation * draws.draw(seed, stream, index);
            }
        };
    }

    private static LongToDoubleFunction uniform(double limit, long seed, long stream) {
        return index -> limit * (2 * Philox.uniformDouble(seed, stream, index) - 1);
    }

    private static LongToDoubleFunction normal(double deviation, long seed, long stream) {
        return index -> deviation * Normal.draw(seed, stream, index);
    }

    /** A draw does not depend on its neighbours, so chunks are drawn side by side. */
    private static void fill(Tensor tensor, LongToDoubleFunction draws) {
        int chunks = Math.toIntExact((tensor.elements() + CHUNK - 1) / CHUNK);
        int width = tensor.type().width();
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            long first = (long) chunk * CHUNK;
            int count = (int) Math.min(CHUNK, tensor.elements() - first);
            double[] values = new double[count];
            for (int place = 0; place < count; place++) {
                values[place] = draws.applyAsDouble(first + place);
            }
            write(values, tensor.address() + first * width, width);
        });
    }

    private static void write(double[] values, long address, int width) {
        if (width == Double.BYTES) {
            RawMemory.write(values, address);
        } else {
            float[] rounded = new float[values.length];
            for (int place = 0; place < values.length; place++) {
                rounded[place] = (float) values[place];
            }
            RawMemory.write(rounded, address);
        }
    }
}
