package io.heddle.cli;

import io.heddle.runtime.program.Engine;
import io.heddle.runtime.tensor.Precision;

/** What computes. */
final class EngineOptions {
    Engine open() {
        return Engine.portable(Precision.FLOAT);
    }
}
