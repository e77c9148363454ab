package io.heddle.runtime.profile;

import io.heddle.runtime.program.NodeTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A run as an event file that {@code chrome://tracing} and ui.perfetto.dev show: "Trace Event Format", complete events with
 * times in microseconds.
 */
public final class ChromeTrace {
    private static final double MICROSECONDS = 1e3;

    private ChromeTrace() {}

    /** The file's text. */
    public static String text(List<NodeTime> run) {
        long begun = run.isEmpty() ? 0 : run.getFirst().begun();
        return run.stream()
                .map(time -> event(time, begun))
                .collect(Collectors.joining(",\n", "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [\n", "\n]}\n"));
    }

    private static String event(NodeTime time, long begun) {
        String name = time.node().map(node -> node.getOp().getClass().getSimpleName()).orElse("copy");
        String path = time.node().map(node -> node.getPath()).orElse("outputs");
        String shape = time.node()
                .map(node -> node.getOutputs().stream()
                        .map(value -> value.getType().toString())
                        .collect(Collectors.joining(" ")))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"cat\": \"%s\", \"ph\": \"X\", \"pid\": 1, \"tid\": 1, \"ts\": %.3f, \"dur\": %.3f, "
                        + "\"args\": {\"path\": \"%s\", \"shape\": \"%s\"}}",
                name, path.replaceFirst("/.*", ""), (time.begun() - begun) / MICROSECONDS,
                time.nanoseconds() / MICROSECONDS, path, shape);
    }
}
