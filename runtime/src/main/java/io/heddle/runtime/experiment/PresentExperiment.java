package io.heddle.runtime.experiment;

import io.heddle.experiment.Configuration;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.Setting;
import io.heddle.experiment.Trial;
import io.heddle.json.RecipeJson;
import io.heddle.recipe.Recipe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The experiment that a database was opened for, and what is told of its trials.
 *
 * @param number its number in the database
 */
record PresentExperiment(long number, Experiment experiment) {
    private static final String QUESTION =
            "SELECT trials.*, recipes.json AS recipe_json, compared.variant, compared.setting "
                    + "FROM compared JOIN trials ON trials.id = compared.trial JOIN recipes ON recipes.hash = trials.recipe "
                    + "WHERE compared.experiment = ? AND ";

    /** Makes an experiment the present one. */
    static PresentExperiment open(Database database, Experiment experiment) {
        return database.changed(here -> {
            StoredTrials.endRunning(here);
            return new PresentExperiment(StoredTrials.present(here, experiment), experiment);
        });
    }

    /** The trial with a key, if the experiment names it. */
    Optional<TrialResult> find(Connection connection, String key, Map<String, Trial> named) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(QUESTION + "trials.key = ?")) {
            ask.setLong(1, number);
            ask.setString(2, key);
            return first(connection, ask, named);
        }
    }

    /** How far the trial with a key has come, if the experiment names it. */
    Optional<TrialEnd> ended(Connection connection, String key) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(QUESTION + "trials.key = ?")) {
            ask.setLong(1, number);
            ask.setString(2, key);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? Optional.of(StoredState.end(row)) : Optional.empty();
            }
        }
    }

    /** All trials, in their order; one that is not in the database has no key and no rows. */
    List<TrialResult> results(Connection connection, Map<String, Trial> named) throws SQLException {
        List<TrialResult> results = new ArrayList<>();
        String place = "compared.variant = ? AND compared.setting = ? AND compared.seed = ?";
        try (PreparedStatement ask = connection.prepareStatement(QUESTION + place)) {
            for (Trial trial : experiment.getTrials()) {
                ask.setLong(1, number);
                ask.setString(2, trial.getConfiguration().getVariant().getName());
                ask.setString(3, trial.getConfiguration().getSetting().getName());
                ask.setLong(4, trial.getSeed());
                results.add(first(connection, ask, named).orElseGet(() -> unnamed(trial)));
            }
        }
        return results;
    }

    private static TrialResult unnamed(Trial trial) {
        return new TrialResult(trial, "", new TrialEnd.Unfinished(), 0, 0.0, List.of(), List.of());
    }

    private Optional<TrialResult> first(Connection connection, PreparedStatement ask, Map<String, Trial> named)
            throws SQLException {
        try (ResultSet row = ask.executeQuery()) {
            return row.next() ? Optional.of(result(connection, row, named)) : Optional.empty();
        }
    }

    private TrialResult result(Connection connection, ResultSet row, Map<String, Trial> named) throws SQLException {
        String key = row.getString("key");
        long trial = row.getLong("id");
        return new TrialResult(
                named.containsKey(key) ? named.get(key) : trial(row),
                key,
                StoredState.end(row),
                row.getLong("steps"),
                row.getDouble("seconds"),
                StoredRows.metrics(connection, trial),
                StoredRows.blocks(connection, trial));
    }

    /** The trial of the experiment that a row tells of; the recipe may have other steps there, for parity. */
    private Trial trial(ResultSet row) throws SQLException {
        String variant = row.getString("variant");
        String setting = row.getString("setting");
        long seed = row.getLong("seed");
        Trial described = experiment.getTrials().stream()
                .filter(trial -> trial.getSeed() == seed
                        && trial.getConfiguration().getVariant().getName().equals(variant)
                        && trial.getConfiguration().getSetting().getName().equals(setting))
                .findFirst()
                .orElseThrow();
        Recipe recipe = RecipeJson.read(row.getString("recipe_json"), "runs.sqlite");
        if (recipe.equals(described.getConfiguration().getSetting().getRecipe())) {
            return described;
        }
        return new Trial(
                new Configuration(described.getConfiguration().getVariant(), new Setting(setting, recipe)), seed);
    }
}
