package io.heddle.script

import io.heddle.experiment.Experiment
import io.heddle.model.Model

/**
 * A model that an experiment compares.
 *
 * @property experiment that compares it
 * @property name what it is called there
 */
public class ChosenVariant
internal constructor(public val experiment: Experiment, public val name: String, public val model: Model) {
    /** Its name behind that of its experiment. */
    internal val path: String
        get() = "${experiment.name}/$name"
}
