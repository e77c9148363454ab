package io.heddle.runtime.experiment;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How far a trial has come, as the database says it: a word, and where and how it diverged. */
enum StoredState {
    WAITING("waiting"),
    RUNNING("running"),
    FINISHED("finished"),
    DIVERGED("diverged"),
    LEFT_OFF("left off"),
    UNFINISHED("unfinished");

    private final String word;

    StoredState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static StoredState of(TrialEnd end) {
        return switch (end) {
            case TrialEnd.Finished _ -> FINISHED;
            case TrialEnd.Diverged _ -> DIVERGED;
            case TrialEnd.LeftOff _ -> LEFT_OFF;
            case TrialEnd.Unfinished _ -> UNFINISHED;
        };
    }

    /** Sets {@code diverged_step, diverged_loss, diverged_gradient_norm}, from a place on. */
    static void bindDivergence(PreparedStatement statement, int place, TrialEnd end) throws SQLException {
        Optional<TrialEnd.Diverged> diverged =
                end instanceof TrialEnd.Diverged told ? Optional.of(told) : Optional.empty();
        statement.setObject(place, diverged.map(TrialEnd.Diverged::step).orElse(null));
        Reals.bind(statement, place + 1, diverged.map(TrialEnd.Diverged::loss).orElse(Double.NaN));
        Reals.bind(
                statement,
                place + 2,
                diverged.map(TrialEnd.Diverged::gradientNorm).orElse(Double.NaN));
    }

    /** The end that a row tells. */
    static TrialEnd end(ResultSet trial) throws SQLException {
        String word = trial.getString("state");
        for (StoredState state : values()) {
            if (state.word.equals(word)) {
                return switch (state) {
                    case FINISHED -> new TrialEnd.Finished();
                    case DIVERGED -> new TrialEnd.Diverged(
                            trial.getLong("diverged_step"),
                            Reals.read(trial, "diverged_loss"),
                            Reals.read(trial, "diverged_gradient_norm"));
                    case LEFT_OFF -> new TrialEnd.LeftOff();
                    case WAITING, RUNNING, UNFINISHED -> new TrialEnd.Unfinished();
                };
            }
        }
        throw new IllegalStateException("a trial is \"" + word + "\"");
    }
}
