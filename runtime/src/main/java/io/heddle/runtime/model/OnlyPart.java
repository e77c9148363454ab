package io.heddle.runtime.model;

import io.heddle.model.Model;

/** The component of a kind that a model has once. */
final class OnlyPart {
    private OnlyPart() {}

    static <T> T of(Model model, Class<T> kind) {
        return model.getComponents().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + model.getName() + "\" has no " + kind.getSimpleName() + "."));
    }
}
