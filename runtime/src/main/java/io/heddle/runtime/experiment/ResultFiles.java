package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of trials, for other programs to read.
 *
 * <pre>
 *   runs.csv       see {@link RunsTable}
 *   curves.csv     see {@link CurvesTable}
 *   tensorboard/   see {@link TensorBoardRuns}
 * </pre>
 */
public final class ResultFiles {
    private ResultFiles() {}

    /**
     * Puts all of them in place of those that are there; runs of TensorBoard that are of no trial stay.
     *
     * @param began when the trial with a key began, such as {@link TrialStore#begun} says; one that has not is no run of TensorBoard
     * @throws ProblemsException when one cannot be written; it is then as it was
     */
    public static void write(Path folder, List<TrialResult> results, Function<String, Optional<Instant>> began) {
        RunsTable.write(folder.resolve("runs.csv"), results);
        CurvesTable.write(folder.resolve("curves.csv"), results);
        for (TrialResult result : results) {
            began.apply(result.key())
                    .ifPresent(instant -> TensorBoardRuns.write(folder.resolve("tensorboard"), result, instant));
        }
    }
}
