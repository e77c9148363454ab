package io.heddle.bench.kernel;

import io.heddle.runtime.backend.cpu.Activation;
import io.heddle.runtime.backend.cpu.Adam;
import io.heddle.runtime.backend.cpu.AttentionBackward;
import io.heddle.runtime.backend.cpu.AttentionForward;
import io.heddle.runtime.backend.cpu.AttentionMask;
import io.heddle.runtime.backend.cpu.AttentionShape;
import io.heddle.runtime.backend.cpu.AttentionTensors;
import io.heddle.runtime.backend.cpu.ColumnSums;
import io.heddle.runtime.backend.cpu.CrossEntropy;
import io.heddle.runtime.backend.cpu.Dropout;
import io.heddle.runtime.backend.cpu.Gemm;
import io.heddle.runtime.backend.cpu.LayerNorm;
import io.heddle.runtime.backend.cpu.Softmax;
import io.heddle.runtime.random.DropoutStream;
import io.heddle.runtime.tensor.NativeBuffer;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single kernels on one thread, over 1,024 rows of 512 numbers (what a batch of a small model has) unless their name says
 * otherwise. All numbers begin as 0: what is timed does not depend on them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow"})
public class KernelBenchmark {
    private static final int ROWS = 1_024;
    private static final int WIDTH = 512;
    private static final int ELEMENTS = ROWS * WIDTH;
    private static final int VOCABULARY = 8_000;
    private static final double RATE = 0.1;

    private static final Adam ADAM = new Adam(0.9f, 0.999f, 1e-8f, 0f, 0.01f);
    private static final AttentionShape SHORT = AttentionShape.of(16, 64, 64, 8, 64);
    private static final AttentionShape LONG = AttentionShape.of(1, 1_024, 1_024, 8, 64);

    private final long x = floats(ELEMENTS);
    private final long y = floats(ELEMENTS);
    private final long z = floats(ELEMENTS);
    private final long output = floats(ELEMENTS);
    private final long gradients = floats(3L * ELEMENTS);
    private final long square = floats((long) WIDTH * WIDTH);
    private final long gain = floats(WIDTH);
    private final long perRow = floats(8L * ROWS);
    private final long moments = floats(2L * ELEMENTS);
    private final long scores = floats(128L * VOCABULARY);
    private final Dropout dropout = Dropout.of(DropoutStream.of("bench", RATE, 1, 1), RATE);
    private final AttentionTensors tensors = new AttentionTensors(x, y, z, output, perRow);
    private final AttentionTensors.Gradients all =
            new AttentionTensors.Gradients(output, gradients, gradients + 4L * ELEMENTS, gradients + 8L * ELEMENTS);

    /** Memory that is never given back: a fork ends with its benchmark. */
    private static long floats(long count) {
        return Kept.keep(NativeBuffer.allocate(DataType.FLOAT, count)).address();
    }

    /** Products have one thread. */
    @Setup
    public void useOneThread() {
        Gemm.useOneThread();
    }

    /** {@code [1024, 512] x [512, 512]}. */
    @Benchmark
    public void product() {
        Gemm.multiply(false, true, ROWS, WIDTH, WIDTH, 1f, x, WIDTH, square, WIDTH, 0f, y, WIDTH);
    }

    /** One row by {@code [512, 512]}. */
    @Benchmark
    public void productOfOneRow() {
        Gemm.multiply(false, true, 1, WIDTH, WIDTH, 1f, x, WIDTH, square, WIDTH, 0f, y, WIDTH);
    }

    @Benchmark
    public void layerNorm() {
        LayerNorm.forward(x, gain, gain, y, perRow, perRow, WIDTH, 1e-5f, 0, ROWS);
    }

    @Benchmark
    public void layerNormBackward() {
        LayerNorm.backward(x, gain, perRow, perRow, y, z, WIDTH, 0, ROWS);
    }

    @Benchmark
    public void softmax() {
        Softmax.forward(x, y, WIDTH, 0, ROWS);
    }

    @Benchmark
    public void gelu() {
        Activation.GELU.forward(x, y, 0, ELEMENTS);
    }

    @Benchmark
    public void geluBackward() {
        Activation.GELU.backward(x, y, z, 0, ELEMENTS);
    }

    @Benchmark
    public void dropout() {
        dropout.apply(x, y, 0, ELEMENTS);
    }

    @Benchmark
    public void columnSums() {
        ColumnSums.sum(x, gain, ROWS, WIDTH, 0, WIDTH);
    }

    @Benchmark
    public void adamW() {
        ADAM.update(x, y, moments, moments + 4L * ELEMENTS, 1e-3f, 1f, 1, 0, ELEMENTS);
    }

    /** 128 rows of 8,000 scores. */
    @Benchmark
    public void crossEntropyWithGradient() {
        CrossEntropy.forwardAndBackward(scores, perRow, perRow + 4L * ROWS, scores, VOCABULARY, 0f, 0, 128);
    }

    /** 16 sequences of 64 positions, 8 heads of 64. */
    @Benchmark
    public void attentionOfShortSequences() {
        AttentionForward.forward(SHORT, AttentionMask.CAUSAL, Dropout.NONE, tensors, 0, SHORT.forwardUnits());
    }

    @Benchmark
    public void attentionOfShortSequencesBackward() {
        AttentionBackward.backward(SHORT, AttentionMask.CAUSAL, Dropout.NONE, tensors, all, 0, SHORT.backwardUnits());
    }

    @Benchmark
    public void attentionOfShortSequencesWithDropout() {
        AttentionForward.forward(SHORT, AttentionMask.CAUSAL, dropout, tensors, 0, SHORT.forwardUnits());
    }

    /** One sequence of 1,024 positions, 8 heads of 64. */
    @Benchmark
    public void attentionOfALongSequence() {
        AttentionForward.forward(LONG, AttentionMask.CAUSAL, Dropout.NONE, tensors, 0, LONG.forwardUnits());
    }

    @Benchmark
    public void attentionOfALongSequenceBackward() {
        AttentionBackward.backward(LONG, AttentionMask.CAUSAL, Dropout.NONE, tensors, all, 0, LONG.backwardUnits());
    }
}
