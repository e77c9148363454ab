package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;

/**
 * What an experiment calls a trial.
 *
 * @param setting empty where nothing varies
 */
record TrialName(String variant, String setting, long seed) {
    static TrialName of(Trial trial) {
        return new TrialName(
                trial.getConfiguration().getVariant().getName(),
                trial.getConfiguration().getSetting().getName(),
                trial.getSeed());
    }
}
