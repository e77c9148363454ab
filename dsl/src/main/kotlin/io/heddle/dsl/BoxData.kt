package io.heddle.dsl

import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Data
import io.heddle.recipe.PixelScaling
import kotlin.jvm.JvmSynthetic

/**
 * Pictures with boxes around their objects, for a model with `matching(...)`.
 *
 * @param classes what kinds of objects there are, in the order of the model's classes, of which one more stands for
 *   nothing
 */
@JvmSynthetic
public fun boxedPictures(
    training: BoxedSource,
    validation: BoxedSource,
    classes: List<String>,
    scaling: PixelScaling = PixelScaling.ZeroToOne,
): Data = Data.BoxedPictures(training, validation, classes, scaling)

/** A file of annotations as COCO writes them, and the folder of their pictures. */
@JvmSynthetic public fun coco(annotations: String, folder: String): BoxedSource = BoxedSource.Coco(annotations, folder)

/** Shapes that Heddle draws itself, up to [most] on each of so many [pictures], with [noise] on every pixel. */
@JvmSynthetic
public fun shapes(pictures: Int, most: Int = 3, noise: Double = 0.05, seed: Long = 42): BoxedSource =
    BoxedSource.Shapes(pictures, most, noise, seed)
