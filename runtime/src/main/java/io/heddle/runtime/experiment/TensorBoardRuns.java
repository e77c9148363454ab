package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.FileName;
import io.heddle.runtime.files.WriteFailures;
import io.heddle.runtime.record.EventFile;
import io.heddle.runtime.record.EventFile.Event;
import io.heddle.runtime.record.EventFile.Scalar;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What trials have recorded, for {@code tensorboard --logdir FOLDER}: a run {@code VARIANT/SETTING/SEED} each, {@code VARIANT/SEED} where
 * nothing varies. Curves are called {@code loss}, {@code validation loss}, {@code gradient norm/decoder/3/attention}.
 */
public final class TensorBoardRuns {
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z][a-z])");
    private static final double NANOSECONDS = 1e9;

    private TensorBoardRuns() {}

    /**
     * Puts the events of a trial in place of those that are there.
     *
     * @param folder of all runs
     * @param began when the trial began; a step's time is that, and the {@code seconds} of its row
     * @return the file
     * @throws ProblemsException when it cannot be written; the file is then as it was
     */
    public static Path write(Path folder, TrialResult result, Instant began) {
        Path file = folder(folder, TrialName.of(result.trial())).resolve(EventFile.NAME);
        double start = began.getEpochSecond() + began.getNano() / NANOSECONDS;
        EventFile.write(file, start, events(result, start));
        return file;
    }

    /**
     * Removes the events of trials, and folders that are empty without them; whatever else is there stays.
     *
     * @param folder of all runs
     * @throws ProblemsException when one cannot be removed
     */
    static void remove(Path folder, Collection<TrialName> trials) {
        for (TrialName trial : trials) {
            Path run = folder(folder, trial);
            try {
                if (Files.deleteIfExists(run.resolve(EventFile.NAME))) {
                    removeEmpty(folder, run);
                }
            } catch (IOException cause) {
                throw WriteFailures.of(run.resolve(EventFile.NAME), run, 0, cause);
            }
        }
    }

    private static void removeEmpty(Path folder, Path run) throws IOException {
        for (Path empty = run; !empty.equals(folder) && isEmpty(empty); empty = empty.getParent()) {
            Files.delete(empty);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private static Path folder(Path folder, TrialName trial) {
        Path variant = folder.resolve(FileName.of(trial.variant()));
        Path configuration = trial.setting().isEmpty() ? variant : variant.resolve(FileName.of(trial.setting()));
        return configuration.resolve(Long.toString(trial.seed()));
    }

    private static List<Event> events(TrialResult result, double start) {
        Map<Long, List<Scalar>> scalars = new TreeMap<>();
        Map<Long, Double> seconds = new TreeMap<>();
        for (MetricsRow row : result.metrics()) {
            row.metric("seconds").ifPresent(metric -> seconds.put(row.step(), metric.asDouble()));
            row.metrics().forEach((name, metric) -> add(scalars, row.step(), words(name), metric));
        }
        for (BlockRow row : result.blocks()) {
            BlockMetrics.of(row)
                    .forEach((name, value) -> add(scalars, row.step(), words(name) + "/" + row.path(),
                            Metric.of(value.doubleValue())));
        }
        List<Event> events = new ArrayList<>();
        double last = 0.0;
        for (Map.Entry<Long, List<Scalar>> step : scalars.entrySet()) {
            last = seconds.getOrDefault(step.getKey(), last);
            events.add(new Event(start + last, step.getKey(), step.getValue()));
        }
        return events;
    }

    private static void add(Map<Long, List<Scalar>> scalars, long step, String tag, Metric metric) {
        scalars.computeIfAbsent(step, _ -> new ArrayList<>()).add(new Scalar(tag, (float) metric.asDouble()));
    }

    /** {@code validation loss} for {@code validationLoss}. */
    private static String words(String name) {
        return CAPITAL.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
