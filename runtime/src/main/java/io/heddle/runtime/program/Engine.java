package io.heddle.runtime.program;

import io.heddle.graph.Graph;
import io.heddle.graph.GraphVerifier;
import io.heddle.runtime.backend.Backend;
import io.heddle.runtime.backend.cpu.CpuBackend;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.tensor.Precision;
import java.util.List;
import java.util.Map;

/**
 * Where graphs become programs: a backend, a precision, and one arena that all of its programs compute in.
 *
 * <p>Programs of one engine run one at a time; a second thread waits. Closing an engine ends its threads.
 */
public final class Engine implements AutoCloseable {
    private final Backend backend;
    private final Precision precision;
    private final Arena arena;

    /**
     * An engine on this backend, which it closes when it is closed.
     *
     * @throws IllegalArgumentException when the backend does not compute in this precision
     */
    public Engine(Backend backend, Precision precision) {
        if (!backend.supports(precision)) {
            throw new IllegalArgumentException(
                    "The " + backend.name() + " backend does not compute in " + precision + ". Use the portable one.");
        }
        this.backend = backend;
        this.precision = precision;
        arena = new Arena(precision);
    }

    /** An engine on ND4J's own ops: slow, and right in both precisions. */
    public static Engine portable(Precision precision) {
        return new Engine(new PortableBackend(), precision);
    }

    /** An engine on fused kernels, in float, with as many threads as the machine has cores. */
    public static Engine cpu() {
        return cpu(Runtime.getRuntime().availableProcessors());
    }

    /** An engine on fused kernels, in float, with this many threads, the calling one among them. */
    public static Engine cpu(int threads) {
        return new Engine(new CpuBackend(threads), Precision.FLOAT);
    }

    public Backend backend() {
        return backend;
    }

    public Precision precision() {
        return precision;
    }

    Arena arena() {
        return arena;
    }

    /** How many bytes the arena has now. */
    public long arenaBytes() {
        return arena.bytes();
    }

    /**
     * Makes a graph ready to run with weights that others may share.
     *
     * @param parameters at least the weights that the graph reads, by name
     * @throws io.heddle.check.ProblemsException when a weight is missing or of another shape
     */
    public Executable compile(Graph graph, Weights parameters) {
        return compile(graph, parameters, none());
    }

    /**
     * Makes a graph ready to run that writes gradients: each output {@code gradient/<weight>} goes to its place in the buffer
     * of gradients.
     *
     * @param gradients zero or more of the weights, by name
     * @throws io.heddle.check.ProblemsException when a weight is missing or of another shape
     */
    public Executable compile(Graph graph, Weights parameters, ParameterBuffer gradients) {
        GraphVerifier.verify(graph, "all passes");
        if (parameters.precision() != precision || gradients.precision() != precision) {
            throw new IllegalArgumentException("Weights in " + parameters.precision() + " and gradients in "
                    + gradients.precision() + " do not fit an engine in " + precision + ".");
        }
        ParameterChecks.checkRead(ParameterLayout.of(graph), parameters.layout());
        return new Executable(this, graph, parameters, gradients);
    }

    /** Makes a graph without weights ready to run. */
    public Executable compile(Graph graph) {
        return compile(graph, none());
    }

    private ParameterBuffer none() {
        return ParameterBuffer.zeros(ParameterLayout.of(new Graph(List.of(), Map.of())), precision);
    }

    /**
     * Memory for the states of a graph, zero at first; programs of other graphs whose states have the same names and sizes
     * may use it too.
     */
    public States states(Graph graph, Map<String, Long> sizes) {
        return States.of(graph, Sizes.of(graph, sizes), precision);
    }

    @Override
    public void close() {
        backend.close();
    }
}
