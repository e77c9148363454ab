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
        return new LabelRoles(only(model, Classify.class), only(model, TokenInput.class));
    }

    private static <T> T only(Model model, Class<T> kind) {
        return model.getComponents().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + model.getName() + "\" has no " + kind.getSimpleName() + "."));
    }
}
