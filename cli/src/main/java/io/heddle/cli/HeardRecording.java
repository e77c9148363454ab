package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.messages.SoundMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.sound.LogMelFrontEnd;
import io.heddle.runtime.sound.Spectrogram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A recording as a trained model hears it. */
record HeardRecording(TrainedModel model, Spectrogram sound) {
    /**
     * Reads a recording with the front end that the model learned with.
     *
     * @throws ProblemsException when it cannot be read, is too long, or the model did not learn from recordings
     */
    static HeardRecording of(TrainedModel model, Path folder, Path file) {
        var recipe = model.recipe();
        if (recipe.isEmpty() || !(recipe.get().getData() instanceof Data.Recordings said)) {
            throw new ProblemsException(SoundMessages.hearsNothing(folder));
        }
        var sound = new LogMelFrontEnd(said.getFeatures()).read(file);
        var positions = ModelRoles.positions(model.roles().heard().orElseThrow(), sound.frames());
        model.roles().heardLimit().filter(limit -> limit.positions() < positions).ifPresent(limit -> {
            throw new ProblemsException(SoundMessages.longerThanPositions(
                    file.toString(), positions, limit.input(), limit.positions()));
        });
        return new HeardRecording(model, sound);
    }

    /**
     * Writes what is said in it.
     *
     * @param reader is given each piece of text as it is written
     */
    Wrote write(Generator generator, int tokens, Consumer<String> reader) {
        var text = StreamedText.of(model.tokenizers().written(), List.of());
        var written = generator.hearing(sound, begin(), tokens, id -> reader.accept(text.next(id)));
        reader.accept(text.finish());
        return new Wrote(written.end(), written.tokens().size() - 1, Optional.empty());
    }

    /** The best texts that a beam search has found, the best one first. */
    List<TrainedModel.Found> best(Generator generator, int tokens) {
        return generator.bestHearing(sound, begin(), tokens).stream()
                .map(found -> new TrainedModel.Found(
                        model.tokenizers().written().decode(found.ids()), found.score()))
                .toList();
    }

    private int begin() {
        return model.beginning().orElseThrow();
    }
}
