package io.heddle.runtime.model;

import io.heddle.model.Classify;
import io.heddle.model.Model;
import io.heddle.model.TokenInput;

/**
 * What the parts of a model are for that says labels of texts.
 *
 * @param labels scores the labels
 * @param read the texts
 */
public record LabelRoles(Classify labels, TokenInput read) {
    /** The roles in a model with one classifier over one token input, which {@code Recipe.check(model)} has seen. */
    public static LabelRoles of(Model model) {
        return new LabelRoles(OnlyPart.of(model, Classify.class), OnlyPart.of(model, TokenInput.class));
    }
}
