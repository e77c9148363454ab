package io.heddle.runtime.model;

import io.heddle.model.Boxes;
import io.heddle.model.Classify;
import io.heddle.model.ImageInput;
import io.heddle.model.Model;
import io.heddle.runtime.data.PictureSize;

/**
 * What the parts of a model are for that says where what is on a picture.
 *
 * @param labels scores the class of each object
 * @param boxes says where it is
 * @param seen the pictures
 */
public record BoxRoles(Classify labels, Boxes boxes, ImageInput seen) {
    /** The roles in a model with one of each, which {@code Recipe.check(model)} has seen. */
    public static BoxRoles of(Model model) {
        return new BoxRoles(
                OnlyPart.of(model, Classify.class),
                OnlyPart.of(model, Boxes.class),
                OnlyPart.of(model, ImageInput.class));
    }

    /** How many patches a picture is cut into. */
    public int patches() {
        return new PictureRoles(labels, seen).patches();
    }

    /** How large pictures are. */
    public PictureSize size() {
        return new PictureRoles(labels, seen).size();
    }
}
