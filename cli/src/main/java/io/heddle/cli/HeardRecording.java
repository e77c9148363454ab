package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.messages.SoundMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.sound.LogMelFrontEnd;
import io.heddle.runtime.sound.Spectrogram;
import java.nio.file.Path;
import java.util.List;

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

    /** What the model writes of it. */
    String text(int tokens, Decoding decoding, long seed) {
        var written = generator(decoding, seed).hearing(List.of(sound), begin(), tokens).getFirst();
        return model.tokenizers().written().decode(written.ids());
    }

    /** The best texts that a beam search has found, the best one first. */
    List<TrainedModel.Found> best(int tokens, Decoding decoding, long seed) {
        return generator(decoding, seed).bestHearing(sound, begin(), tokens).stream()
                .map(found -> new TrainedModel.Found(
                        model.tokenizers().written().decode(found.ids()), found.score()))
                .toList();
    }

    private Generator generator(Decoding decoding, long seed) {
        return Generator.of(model.model(), decoding, model.tokenizers().written(), seed);
    }

    private int begin() {
        return model.beginning().orElseThrow();
    }
}
