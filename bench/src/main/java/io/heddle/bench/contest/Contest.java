package io.heddle.bench.contest;

import io.heddle.bench.Work;
import io.heddle.bench.Works;
import io.heddle.bench.heddle.HeddleSide;
import io.heddle.bench.torch.TorchSide;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One side doing one work in a process of its own, which starts it:
 *
 * <pre>
 *   Contest heddle|libtorch|libtorch-bf16|weights|limit WORK THREADS WARM_SECONDS SECONDS FOLDER
 * </pre>
 */
public final class Contest {
    private Contest() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        Work work = Works.named(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        double warm = Double.parseDouble(arguments[3]);
        double seconds = Double.parseDouble(arguments[4]);
        Path folder = Path.of(arguments[5]);
        switch (arguments[0]) {
            case "heddle" -> Measurement.take(() -> HeddleSide.of(work, threads), warm, seconds);
            case "libtorch" -> Measurement.take(() -> TorchSide.of(work, threads, folder), warm, seconds);
            case "libtorch-bf16" -> Measurement.take(() -> TorchSide.ofBfloat16(work, threads, folder), warm, seconds);
            case "weights" -> HeddleSide.writeWeights(work, folder);
            case "limit" -> Measurement.takeLimits(threads, seconds);
            default -> throw new IllegalArgumentException("There is no side " + arguments[0] + ".");
        }
        // libtorch's threads would keep the process alive.
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
