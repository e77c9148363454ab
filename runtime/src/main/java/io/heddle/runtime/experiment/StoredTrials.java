package io.heddle.runtime.experiment;

import io.heddle.experiment.Experiment;
import io.heddle.experiment.ExperimentJson;
import io.heddle.experiment.Trial;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.model.Model;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Experiments, models, recipes and trials, in the tables of these names. */
final class StoredTrials {
    private StoredTrials() {}

    /** The number of an experiment, which is the present one from now on. */
    static long present(Connection connection, Experiment experiment) throws SQLException {
        String json = ExperimentJson.write(experiment);
        String words = "INSERT INTO experiments (hash, name, json, turn) "
                + "VALUES (?, ?, ?, 1 + coalesce((SELECT max(turn) FROM experiments), 0)) "
                + "ON CONFLICT (hash) DO UPDATE SET turn = excluded.turn RETURNING id";
        try (PreparedStatement insert = connection.prepareStatement(words)) {
            bind(insert, hash(json), experiment.getName(), json);
            return firstNumber(insert).orElseThrow();
        }
    }

    /** What was being trained when a process ended is unfinished: nobody else has the database now. */
    static void endRunning(Connection connection) throws SQLException {
        String words = "UPDATE trials SET state = ? WHERE state = ?";
        try (PreparedStatement update = connection.prepareStatement(words)) {
            bind(update, StoredState.UNFINISHED.word(), StoredState.RUNNING.word());
            update.executeUpdate();
        }
    }

    /** The number of the trial with a key; empty when there is none. */
    static OptionalLong number(Connection connection, String key) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("SELECT id FROM trials WHERE key = ?")) {
            bind(ask, key);
            return firstNumber(ask);
        }
    }

    /** Adds a trial that waits, unless it is there. */
    static long add(Connection connection, Trial trial, String key, long parameters, String folder, String heddle)
            throws SQLException {
        String words = "INSERT INTO trials (key, seed, model, recipe, heddle, state, planned, steps, seconds, folder) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0.0, ?) "
                + "ON CONFLICT (key) DO UPDATE SET folder = excluded.folder RETURNING id";
        String model = addModel(connection, trial.getConfiguration().getVariant().getModel(), parameters);
        String recipe = addRecipe(connection, RecipeJson.write(trial.getConfiguration().getSetting().getRecipe()));
        try (PreparedStatement insert = connection.prepareStatement(words)) {
            int steps = trial.getRecipe().getSteps();
            bind(
                    insert,
                    key,
                    trial.getSeed(),
                    model,
                    recipe,
                    heddle,
                    StoredState.WAITING.word(),
                    steps,
                    folder);
            return firstNumber(insert).orElseThrow();
        }
    }

    private static String addModel(Connection connection, Model model, long parameters) throws SQLException {
        String json = ModelJson.write(model);
        String hash = hash(json);
        String words = "INSERT OR IGNORE INTO models VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(words)) {
            bind(insert, hash, model.getName(), json, parameters);
            insert.executeUpdate();
        }
        return hash;
    }

    private static String addRecipe(Connection connection, String json) throws SQLException {
        String hash = hash(json);
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR IGNORE INTO recipes VALUES (?, ?)")) {
            bind(insert, hash, json);
            insert.executeUpdate();
        }
        return hash;
    }

    /** Says what an experiment calls a trial. */
    static void name(Connection connection, long experiment, Trial trial, long number) throws SQLException {
        String words = "INSERT OR REPLACE INTO compared VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(words)) {
            String variant = trial.getConfiguration().getVariant().getName();
            String setting = trial.getConfiguration().getSetting().getName();
            bind(insert, experiment, variant, setting, trial.getSeed(), number);
            insert.executeUpdate();
        }
    }

    /** What any experiment calls a trial. */
    static Set<TrialName> names(Connection connection) throws SQLException {
        Set<TrialName> names = new LinkedHashSet<>();
        try (PreparedStatement ask =
                connection.prepareStatement("SELECT DISTINCT variant, setting, seed FROM compared");
                ResultSet rows = ask.executeQuery()) {
            while (rows.next()) {
                names.add(new TrialName(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
        }
        return names;
    }

    /** Marks a trial as one that is being trained; when that began first is kept. */
    static void run(Connection connection, long number, double now) throws SQLException {
        String words = "UPDATE trials SET state = ?, begun = coalesce(begun, ?), "
                + "kept_step = NULL, diverged_step = NULL, diverged_loss = NULL, diverged_gradient_norm = NULL WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(words)) {
            bind(update, StoredState.RUNNING.word(), now, number);
            update.executeUpdate();
        }
    }

    /** Notes how far the metrics of a trial go. */
    static void countSteps(Connection connection, long number) throws SQLException {
        String words = "UPDATE trials SET steps = coalesce((SELECT max(step) FROM metrics WHERE trial = trials.id), 0) "
                + "WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(words)) {
            bind(update, number);
            update.executeUpdate();
        }
        String last = "UPDATE trials SET seconds = coalesce((SELECT value FROM metrics "
                + "WHERE trial = trials.id AND step = trials.steps AND name = 'seconds'), 0.0) WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(last)) {
            bind(update, number);
            update.executeUpdate();
        }
    }

    /** When a trial began first, in seconds since 1970. */
    static Optional<Double> begun(Connection connection, String key) throws SQLException {
        String question = "SELECT begun FROM trials WHERE key = ? AND begun IS NOT NULL";
        try (PreparedStatement ask = connection.prepareStatement(question)) {
            bind(ask, key);
            try (ResultSet rows = ask.executeQuery()) {
                return rows.next() ? Optional.of(rows.getDouble(1)) : Optional.empty();
            }
        }
    }

    /** Notes how many steps a trial has taken, and in how long. */
    static void progress(Connection connection, long number, long steps, double seconds) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE trials SET steps = ?, seconds = ? WHERE id = ?")) {
            bind(update, steps, seconds, number);
            update.executeUpdate();
        }
    }

    /** Notes how a trial has ended. */
    static void end(Connection connection, long number, TrialEnd end) throws SQLException {
        String words = "UPDATE trials SET state = ?, diverged_step = ?, diverged_loss = ?, diverged_gradient_norm = ? "
                + "WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(words)) {
            update.setString(1, StoredState.of(end).word());
            StoredState.bindDivergence(update, 2, end);
            update.setLong(5, number);
            update.executeUpdate();
        }
    }

    /** Notes of which look at the held-out data the weights are that a trial leaves. */
    static void keep(Connection connection, long number, long step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE trials SET kept_step = ? WHERE id = ?")) {
            bind(update, step, number);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int place = 0; place < values.length; place++) {
            statement.setObject(place + 1, values[place]);
        }
    }

    private static OptionalLong firstNumber(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every Java has it
        }
    }
}
