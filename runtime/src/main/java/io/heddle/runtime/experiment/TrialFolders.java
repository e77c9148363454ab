package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;

/** What the folders of trials are called: names that a person finds, and the beginning of the key that tells them apart. */
final class TrialFolders {
    private static final int NAME = 48;
    private static final int KEY = 12;

    private TrialFolders() {}

    static String name(Trial trial, String key) {
        String name = trial.getConfiguration().getName().replaceAll("[^\\w.-]+", "-");
        String shown = name.substring(0, Math.min(NAME, name.length()));
        return shown + "-seed-" + trial.getSeed() + "-" + key.substring(0, KEY);
    }
}
