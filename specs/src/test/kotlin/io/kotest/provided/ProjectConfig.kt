package io.kotest.provided

import io.kotest.core.config.AbstractProjectConfig
import io.kotest.engine.concurrency.SpecExecutionMode
import io.kotest.engine.coroutines.ThreadPerSpecCoroutineContextFactory

/** Two specs at a time, one for each processor of a small machine. What cannot bear that is marked `@Isolate`. */
object ProjectConfig : AbstractProjectConfig() {
    override val specExecutionMode = SpecExecutionMode.LimitedConcurrency(2)
    override val coroutineDispatcherFactory = ThreadPerSpecCoroutineContextFactory
}
