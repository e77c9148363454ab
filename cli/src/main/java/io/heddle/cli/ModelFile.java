package io.heddle.cli;

import io.heddle.model.Model;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A file, and which of its models is meant. */
final class ModelFile {
    @Parameters(paramLabel = "FILE", description = "A script (*.model.kts), or a model that was stored (*.json).")
    private Path file;

    @Mixin
    private ModelOption model;

    /**
     * The model that is meant.
     *
     * @throws io.heddle.check.ProblemsException when there is none, or more than one
     */
    Model read(Verb verb) {
        return model.choose(Descriptions.read(verb, file));
    }
}
