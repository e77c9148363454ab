package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Speaker;
import io.heddle.runtime.messages.PromptMessages;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.SpeakingRoles;
import io.heddle.runtime.program.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a training made that speaks: a model with its weights, and what it learned from.
 *
 * @param read the tokenizer of what it says
 * @param said what it learned from, whose features its frames are
 */
record SpeakingModel(RunnableModel model, Tokenizer read, SpeakingRoles roles, Data.Recordings said) {
    /**
     * Whether the folder holds a model that speaks.
     *
     * @throws ProblemsException when there is none, or it is broken
     */
    static boolean isIn(Path folder) {
        return SpeakingRoles.find(Checkpoint.open(folder).model()).isPresent();
    }

    /**
     * Reads the folder that a training wrote.
     *
     * @throws ProblemsException when it is broken
     */
    static SpeakingModel open(Path folder, Engine engine, StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        var model = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(model.weights());
        return of(weights.of(model), checkpoint.tokenizers().written(), checkpoint.recipe());
    }

    /** What was trained by a recipe. */
    static SpeakingModel of(RunnableModel model, Tokenizer read, Recipe recipe) {
        return new SpeakingModel(
                model, read, SpeakingRoles.of(model.model()), (Data.Recordings) recipe.getData());
    }

    /**
     * The tokens of a text, the end token last.
     *
     * @param place what the text was given with
     * @throws ProblemsException when it is empty, has what the tokenizer does not know, or is longer than the model reads
     */
    int[] ids(String place, String text) {
        var ids = read.encode(text, TextOrigin.startOf(place));
        if (ids.length == 0) throw new ProblemsException(PromptMessages.nothingToAnswer(place));
        var closed = Arrays.copyOf(ids, ids.length + 1);
        closed[ids.length] = read.specialIds().end().orElseThrow();
        roles.readLimit().filter(limit -> limit.positions() < closed.length).ifPresent(limit -> {
            throw new ProblemsException(PromptMessages.longerThanPositions(
                    place, closed.length, limit.input(), limit.positions()));
        });
        return closed;
    }

    /** What it says of a text, in so many frames at the most. */
    Speaker.Said say(int[] ids, int frames, BooleanSupplier stop) {
        return new Speaker(model).say(List.of(ids), frames, stop).getFirst();
    }

    /** How many frames the longest recording has that it may have learned from. */
    int usualFrames() {
        var features = said.getFeatures();
        double samples = said.getMaximumSeconds() * features.getRate() - features.getWindow();
        return (int) Math.max(1, samples / features.getHop() + 1);
    }
}
