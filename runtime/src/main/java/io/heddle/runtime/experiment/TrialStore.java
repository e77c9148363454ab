package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.Trial;
import io.heddle.runtime.files.FolderLock;
import io.heddle.runtime.messages.ExperimentStoreMessages;
import io.heddle.runtime.record.MetricsRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the trials of an experiment are kept: a database of SQLite, {@code runs.sqlite}, that others can ask while it grows; its tables
 * and views are in {@code runs.sql}.
 *
 * <p>Each call is one change, which is made or not, whatever happens to the process or to the disk. A trial is known by its key: what is
 * finished is found again and need not be trained again, even when another experiment in the same folder has trained it. Experiments
 * in one folder stand beside each other; {@link #results} tells of the one that was opened.
 *
 * <p>One process at a time has the folder of the database ({@link FolderLock}). Its threads may all call.
 *
 * <pre>
 *   try (TrialStore store = TrialStore.open(out.resolve("runs.sqlite"), experiment, "0.1.0")) {
 *       store.plan(trial, key, parameters, folder);         // for each: they wait, or are there already
 *       store.find(key);                                    // how far it has come: no rows when it only waits
 *       store.begin(trial, key, parameters, folder);        // now it runs
 *       store.dropAfter(key, 250);                          // where it goes on from a checkpoint
 *       store.record(key, metrics, blocks);                 // now and then, with all rows since
 *       store.end(key, new TrialEnd.Finished(), 2_000, 119.4);
 *       store.results();
 *   }
 * </pre>
 */
public final class TrialStore implements AutoCloseable {
    private static final double MILLISECONDS = 1e3;

    private final Path file;
    private final String heddle;
    /** Empty where whoever opened it holds the folder. */
    private final Optional<FolderLock> lock;
    private final Database database;
    private final PresentExperiment present;
    /** The trials that were named by this process, by their keys: they know their origins, and the database does not. */
    private final Map<String, Trial> named = new HashMap<>();

    private TrialStore(
            Path file, String heddle, Optional<FolderLock> lock, Database database, PresentExperiment present) {
        this.file = file;
        this.heddle = heddle;
        this.lock = lock;
        this.database = database;
        this.present = present;
    }

    /**
     * Opens the database of a folder, or makes it. Trials that were running when an earlier process ended are unfinished.
     *
     * @param heddle the version of Heddle that trains
     * @throws ProblemsException when another process compares in the folder, when the file is something else or of a later Heddle, and
     *     is then as it was, and when it cannot be written
     */
    public static TrialStore open(Path file, Experiment experiment, String heddle) {
        FolderLock lock = FolderLock.take(file.toAbsolutePath().getParent(), ExperimentStoreMessages.comparing());
        boolean opened = false;
        try {
            TrialStore store = open(file, experiment, heddle, Optional.of(lock));
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** The same in a folder that the caller holds, and lets go of when the store is closed. */
    static TrialStore openHeld(Path file, Experiment experiment, String heddle) {
        return open(file, experiment, heddle, Optional.empty());
    }

    private static TrialStore open(Path file, Experiment experiment, String heddle, Optional<FolderLock> lock) {
        Database database = Database.open(file);
        boolean opened = false;
        try {
            PresentExperiment present = PresentExperiment.open(database, experiment);
            opened = true;
            return new TrialStore(file, heddle, lock, database, present);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /**
     * Names a trial as one of the experiment, waiting to be trained; one that is there already stays as it is.
     *
     * @param parameters how many numbers its model has
     * @param folder where its checkpoint and its logs are
     */
    public synchronized void plan(Trial trial, String key, long parameters, Path folder) {
        database.change(here -> add(here, trial, key, parameters, folder));
        named.put(key, trial);
    }

    /** Says that a trial is being trained now, first or again; what was recorded of it stays. Otherwise as {@link #plan}. */
    public synchronized void begin(Trial trial, String key, long parameters, Path folder) {
        double now = System.currentTimeMillis() / MILLISECONDS;
        database.change(here -> StoredTrials.run(here, add(here, trial, key, parameters, folder), now));
        named.put(key, trial);
    }

    private long add(Connection here, Trial trial, String key, long parameters, Path folder) throws SQLException {
        long number = StoredTrials.add(here, trial, key, parameters, told(folder), heddle);
        StoredTrials.name(here, present.number(), trial, number);
        return number;
    }

    /** As seen from the database, so that both can be moved together. */
    private String told(Path folder) {
        Path home = file.toAbsolutePath().getParent().normalize();
        Path absolute = folder.toAbsolutePath().normalize();
        Path told = absolute.startsWith(home) ? home.relativize(absolute) : absolute;
        return told.toString().replace('\\', '/');
    }

    /**
     * Adds rows of a trial, all or none. Metrics of a step that has some take their place, and so do those of a block: after a kill the
     * same steps come again. Each call waits until its rows are on the disk, so that many rows at once are quicker than one.
     *
     * @throws ProblemsException when the disk is full, or cannot be written; what was recorded before is kept
     * @throws IllegalArgumentException when there is no trial with that key
     */
    public synchronized void record(String key, List<MetricsRow> metrics, List<BlockRow> blocks) {
        database.change(here -> {
            long number = number(here, key);
            StoredRows.addMetrics(here, number, metrics);
            StoredRows.addBlocks(here, number, blocks);
            StoredTrials.countSteps(here, number);
        });
    }

    /**
     * Forgets the rows after a step: those that a trial takes again when it goes on from an earlier checkpoint.
     *
     * @throws IllegalArgumentException when there is no trial with that key
     */
    public synchronized void dropAfter(String key, long step) {
        database.change(here -> {
            long number = number(here, key);
            StoredRows.dropAfter(here, number, step);
            StoredTrials.countSteps(here, number);
        });
    }

    /**
     * Says how a trial has ended.
     *
     * @param steps how many were taken
     * @param seconds how long that took, evaluations with it
     * @throws IllegalArgumentException when there is no trial with that key
     */
    public synchronized void end(String key, TrialEnd end, long steps, double seconds) {
        database.change(here -> {
            long number = number(here, key);
            StoredTrials.progress(here, number, steps, seconds);
            StoredTrials.end(here, number, end);
            if (end instanceof TrialEnd.Finished) {
                Optional<MetricsRow> kept = present.find(here, key, named).flatMap(TrialResult::keptEvaluation);
                if (kept.isPresent()) {
                    StoredTrials.keep(here, number, kept.get().step());
                }
            }
        });
    }

    /**
     * What has become of a trial that the experiment names; one that waits or runs is unfinished. Empty when it names none with that
     * key: {@link #plan} finds those that another experiment has trained.
     */
    public synchronized Optional<TrialResult> find(String key) {
        return database.ask(here -> present.find(here, key, named));
    }

    /** How far a trial has come, without its rows; otherwise as {@link #find}. */
    public synchronized Optional<TrialEnd> ended(String key) {
        return database.ask(here -> present.ended(here, key));
    }

    /** When a trial began first; empty when it has not. */
    public synchronized Optional<Instant> begun(String key) {
        return database.ask(here -> StoredTrials.begun(here, key))
                .map(seconds -> Instant.ofEpochMilli(Math.round(seconds * MILLISECONDS)));
    }

    /** What this experiment, and every other one that was compared in the folder, calls its trials. */
    synchronized Set<TrialName> names() {
        return database.ask(StoredTrials::names);
    }

    /**
     * What has become of every trial of the experiment, in the order of {@link Experiment#getTrials}. One that nobody has named yet has an
     * empty key and no rows.
     */
    public synchronized List<TrialResult> results() {
        return database.ask(here -> present.results(here, named));
    }

    private static long number(Connection here, String key) throws SQLException {
        return StoredTrials.number(here, key)
                .orElseThrow(() -> new IllegalArgumentException("there is no trial with the key " + key));
    }

    /** Closes the database and lets go of the folder. */
    @Override
    public synchronized void close() {
        try {
            database.close();
        } finally {
            lock.ifPresent(FolderLock::close);
        }
    }
}
