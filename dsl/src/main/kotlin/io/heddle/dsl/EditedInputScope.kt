package io.heddle.dsl

import io.heddle.model.CopiesInput
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Position
import io.heddle.model.SpokenInput
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.PositionTarget

/** What may be changed of an input that is there. */
@HeddleDsl
public class EditedInputScope internal constructor(private val input: InputComponent) :
    RowScope(Defaults(), input.dropout) {
    init {
        placed = { input.position }
        said = input.norm
    }

    /** Adds sines and cosines of row and column (arXiv 2005.12872, section A.4). */
    @JvmOverloads
    public fun sinusoidal2d(to: PositionTarget = PositionTarget.Input) {
        placed = { Position.Sinusoidal2d(to) }
    }

    internal fun input(): InputComponent =
        when (input) {
            is TokenInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is VectorInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is FrameInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is SpokenInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is ImageInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is FeatureMapInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is CopiesInput -> input.copy(position = position(), norm = said, dropout = dropout)
            is LearnedInput -> input.copy(norm = said, dropout = dropout)
        }
}
