package io.heddle.runtime.model;

import io.heddle.model.Classify;
import io.heddle.model.Model;
import io.heddle.model.RelationInput;
import io.heddle.model.VectorInput;
import io.heddle.runtime.data.PositionLimit;
import java.util.Optional;

/**
 * What the parts of a model are for that says classes of a graph's nodes.
 *
 * @param labels scores the classes
 * @param nodes what is known of each of them
 * @param edges who is joined to whom; empty for a model that does not ask
 */
public record GraphRoles(Classify labels, VectorInput nodes, Optional<RelationInput> edges) {
    /** The roles in a model with one classifier over one vectors input, which {@code Recipe.check(model)} has seen. */
    public static GraphRoles of(Model model) {
        Optional<RelationInput> edges = model.getComponents().stream()
                .filter(RelationInput.class::isInstance)
                .map(RelationInput.class::cast)
                .findFirst();
        return new GraphRoles(OnlyPart.of(model, Classify.class), OnlyPart.of(model, VectorInput.class), edges);
    }

    /** How many nodes a graph may have; empty where there is no bound. */
    public Optional<PositionLimit> limit() {
        return ModelRoles.limit(nodes);
    }
}
