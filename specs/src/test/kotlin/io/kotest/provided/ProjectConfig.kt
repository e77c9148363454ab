package io.kotest.provided

import io.kotest.core.config.AbstractProjectConfig
import io.kotest.engine.concurrency.SpecExecutionMode

/** Two specs at a time, one for each processor of a small machine. What cannot bear that is marked `@Isolate`. */
object ProjectConfig : AbstractProjectConfig() {
    override val specExecutionMode = SpecExecutionMode.LimitedConcurrency(2)
}
