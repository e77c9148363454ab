package io.heddle.runtime.model;

import io.heddle.model.Classify;
import io.heddle.model.ImageInput;
import io.heddle.model.Model;
import io.heddle.runtime.data.PictureSize;

/**
 * What the parts of a model are for that says classes of pictures.
 *
 * @param labels scores the classes
 * @param seen the pictures
 */
public record PictureRoles(Classify labels, ImageInput seen) {
    /** The roles in a model with one classifier over one image input, which {@code Recipe.check(model)} has seen. */
    public static PictureRoles of(Model model) {
        return new PictureRoles(OnlyPart.of(model, Classify.class), OnlyPart.of(model, ImageInput.class));
    }

    /** How many patches a picture is cut into. */
    public int patches() {
        return (seen.getRows() / seen.getPatch()) * (seen.getColumns() / seen.getPatch());
    }

    /** How large pictures are. */
    public PictureSize size() {
        return new PictureSize(seen.getRows(), seen.getColumns(), seen.getChannels());
    }
}
