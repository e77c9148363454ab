package io.heddle.runtime.model;

import io.heddle.model.Model;
import io.heddle.model.Speech;
import io.heddle.model.SpokenInput;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.PositionLimit;
import java.util.Optional;

/**
 * What the parts of a model are for that speaks.
 *
 * @param speech the frames that it says
 * @param before the frames that it said before
 * @param read the text that it says
 */
public record SpeakingRoles(Speech speech, SpokenInput before, TokenInput read) {
    /** The roles in a model that says the text of its one token input, which {@code Recipe.check(model)} has seen. */
    public static SpeakingRoles of(Model model) {
        return new SpeakingRoles(
                OnlyPart.of(model, Speech.class),
                OnlyPart.of(model, SpokenInput.class),
                OnlyPart.of(model, TokenInput.class));
    }

    /** The roles in a model; empty when it does not speak. */
    public static Optional<SpeakingRoles> find(Model model) {
        return model.getComponents().stream().anyMatch(Speech.class::isInstance)
                ? Optional.of(of(model))
                : Optional.empty();
    }

    /** How many positions say so many frames. */
    public int positions(int frames) {
        return Math.ceilDiv(frames, before.getReduction());
    }

    /** How many numbers the frames of a position have together. */
    public int numbers() {
        return before.getReduction() * before.getFeatures();
    }

    /** How long a text may be; empty where there is no bound. */
    public Optional<PositionLimit> readLimit() {
        return ModelRoles.limit(read);
    }

    /** How many positions may speak; empty where there is no bound. */
    public Optional<PositionLimit> spokenLimit() {
        return ModelRoles.limit(before);
    }
}
