-- What a comparison leaves in runs.sqlite. A value that is no number (NaN) is NULL; an infinite one is 9e999 or -9e999.

CREATE TABLE experiments (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE, -- SHA-256 of its JSON
    name TEXT NOT NULL,
    json TEXT NOT NULL,
    turn INTEGER NOT NULL UNIQUE -- the highest is the present one: that which was compared last
);

CREATE TABLE models (
    hash TEXT PRIMARY KEY, -- SHA-256 of its JSON
    name TEXT NOT NULL,
    json TEXT NOT NULL,
    parameters INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE recipes (
    hash TEXT PRIMARY KEY, -- SHA-256 of its JSON
    json TEXT NOT NULL -- its seed is that of the description: a trial is trained with its own
) WITHOUT ROWID;

CREATE TABLE trials (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    seed INTEGER NOT NULL,
    model TEXT NOT NULL REFERENCES models,
    recipe TEXT NOT NULL REFERENCES recipes,
    heddle TEXT NOT NULL, -- the version that trained it
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'running', 'finished', 'diverged', 'left off', 'unfinished')),
    planned INTEGER NOT NULL, -- steps
    steps INTEGER NOT NULL, -- that were taken
    seconds REAL NOT NULL,
    kept_step INTEGER, -- of a finished trial: the look at the held-out data that the weights are of which it leaves
    diverged_step INTEGER,
    diverged_loss REAL,
    diverged_gradient_norm REAL,
    begun REAL, -- seconds since 1970
    folder TEXT NOT NULL -- seen from the folder of this file
);

-- What the experiments call their trials: two that have a trial in common share what was recorded of it.
CREATE TABLE compared (
    experiment INTEGER NOT NULL REFERENCES experiments,
    variant TEXT NOT NULL,
    setting TEXT NOT NULL, -- empty where nothing varies
    seed INTEGER NOT NULL,
    trial INTEGER NOT NULL REFERENCES trials,
    PRIMARY KEY (experiment, variant, setting, seed)
) WITHOUT ROWID;

CREATE TABLE metrics (
    trial INTEGER NOT NULL REFERENCES trials,
    step INTEGER NOT NULL,
    name TEXT NOT NULL,
    value CHECK (typeof(value) IN ('real', 'integer', 'null')), -- whole numbers are counts
    PRIMARY KEY (trial, step, name)
) WITHOUT ROWID;

CREATE TABLE blocks (
    trial INTEGER NOT NULL REFERENCES trials,
    step INTEGER NOT NULL,
    path TEXT NOT NULL,
    gradient_norm REAL,
    weight_norm REAL,
    update_ratio REAL,
    activation REAL,
    has_activation INTEGER NOT NULL CHECK (has_activation IN (0, 1)), -- whether it was measured at this step
    PRIMARY KEY (trial, step, path)
) WITHOUT ROWID;

CREATE VIEW all_runs AS
SELECT
    experiments.id AS experiment_id,
    experiments.name AS experiment,
    experiments.turn = (SELECT max(turn) FROM experiments) AS present,
    compared.variant,
    compared.setting,
    compared.seed,
    trials.state,
    trials.planned,
    trials.steps,
    trials.seconds,
    trials.kept_step,
    trials.diverged_step,
    models.parameters,
    trials.heddle,
    trials.folder,
    trials.key,
    trials.id AS trial
FROM compared
JOIN experiments ON experiments.id = compared.experiment
JOIN trials ON trials.id = compared.trial
JOIN models ON models.hash = trials.model;

CREATE VIEW runs AS
SELECT variant, setting, seed, state, planned, steps, seconds, kept_step, diverged_step, parameters, heddle, folder, key, trial
FROM all_runs
WHERE present;

CREATE VIEW curves AS
SELECT runs.variant, runs.setting, runs.seed, metrics.step, metrics.name, metrics.value
FROM runs
JOIN metrics ON metrics.trial = runs.trial;

CREATE VIEW block_curves AS
SELECT
    runs.variant,
    runs.setting,
    runs.seed,
    blocks.step,
    blocks.path,
    blocks.gradient_norm,
    blocks.weight_norm,
    blocks.update_ratio,
    blocks.activation
FROM runs
JOIN blocks ON blocks.trial = runs.trial;

CREATE VIEW final_losses AS
SELECT
    variant,
    setting,
    seed,
    state,
    steps,
    kept_step,
    (SELECT value FROM metrics WHERE metrics.trial = runs.trial AND name = 'loss' ORDER BY step DESC LIMIT 1)
        AS training_loss,
    (SELECT value FROM metrics WHERE metrics.trial = runs.trial AND name = 'validationLoss' AND step = kept_step)
        AS validation_loss,
    (SELECT min(value) FROM metrics WHERE metrics.trial = runs.trial AND name = 'validationLoss')
        AS best_validation_loss,
    parameters
FROM runs;
