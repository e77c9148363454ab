package io.heddle.runtime.huggingface;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.text.TextFile;
import java.util.Optional;
import java.util.OptionalInt;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** What a checkpoint still knows of the folder that it was imported from. */
public final class ImportedCheckpoint {
    private static final String BEGINNING = "decoder_start_token_id";

    private final JsonObject config;

    private ImportedCheckpoint(JsonObject config) {
        this.config = config;
    }

    /**
     * That of a checkpoint; nothing where it was not imported.
     *
     * @throws ProblemsException when its files are broken
     */
    public static Optional<ImportedCheckpoint> of(Checkpoint checkpoint) {
        return KeptFolder.of(checkpoint)
                .map(kept -> TextFile.read(kept.config()))
                .map(config -> Json.Default.parseToJsonElement(config.text()))
                .map(JsonObject.class::cast)
                .map(ImportedCheckpoint::new);
    }

    /** The token that what a decoder writes begins with; nothing where its configuration does not say. */
    public OptionalInt beginning() {
        return config.get(BEGINNING) instanceof JsonPrimitive number && number.getContent().matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(number.getContent()))
                : OptionalInt.empty();
    }
}
