package io.heddle.runtime.train.data;

import io.heddle.model.Extents;
import io.heddle.model.Logits;
import io.heddle.model.Model;
import io.heddle.model.TokenInput;
import java.util.Optional;

/**
 * What the inputs of a language model are for.
 *
 * @param logits scores the tokens that are written
 * @param written the input below the logits: text, or the target of a translation
 * @param read the other token input, the source of a translation; empty for a model that only writes on
 */
public record ModelRoles(Logits logits, TokenInput written, Optional<TokenInput> read) {
    /**
     * The roles in a model with one logits over one or two token inputs, which {@code Recipe.check(model)} has seen.
     *
     * @throws IllegalArgumentException when the model has no logits over tokens
     */
    public static ModelRoles of(Model model) {
        for (var component : model.getComponents()) {
            if (component instanceof Logits logits
                    && model.component(Extents.inputBelow(model, logits.getInput())) instanceof TokenInput written) {
                Optional<TokenInput> read = model.getComponents().stream()
                        .filter(TokenInput.class::isInstance)
                        .map(TokenInput.class::cast)
                        .filter(input -> !input.equals(written))
                        .findFirst();
                return new ModelRoles(logits, written, read);
            }
        }
        throw new IllegalArgumentException("\"" + model.getName() + "\" has no logits over tokens.");
    }
}
