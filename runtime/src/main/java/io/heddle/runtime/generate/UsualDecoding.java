package io.heddle.runtime.generate;

import io.heddle.recipe.DecoderInput;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;

/** How a model writes where nothing is said. */
public final class UsualDecoding {
    private UsualDecoding() {}

    /**
     * What goes with how it was trained: several passes for a decoder that learned to fill in some words among others, one
     * for a decoder that learned to write all of them.
     *
     * @param otherwise of a model that writes word by word
     */
    public static Decoding of(Recipe recipe, Decoding otherwise) {
        return switch (recipe.getDecoderInput()) {
            case DecoderInput.TeacherForcing _,DecoderInput.ScheduledSampling _ -> otherwise;
            case DecoderInput.Blanks _ -> new Decoding.AllAtOnce(1, new Decoding.AllAtOnce().getLengths());
            case DecoderInput.Masked _ -> new Decoding.AllAtOnce();
        };
    }
}
