package io.heddle.dsl

import io.heddle.recipe.Augmentation
import io.heddle.recipe.Data
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.PictureFiles
import io.heddle.recipe.PixelScaling
import kotlin.jvm.JvmSynthetic

/**
 * Pictures with a class each, from files to learn from and others to measure on.
 *
 * @param classes what the classes are called, in the order of their numbers in the files and of the model's classes
 */
@JvmSynthetic
public fun pictures(
    training: PictureFiles,
    validation: PictureFiles,
    classes: List<String>,
    scaling: PixelScaling = PixelScaling.ZeroToOne,
    augmentation: Augmentation = Augmentation.None,
): Data = pictures(training, HeldOutPictures.Files(validation), classes, scaling, augmentation)

/** Pictures with a class each, of which the last ones, `HeldOutPictures.Last(2_000)`, are only measured on. */
@JvmSynthetic
public fun pictures(
    training: PictureFiles,
    validation: HeldOutPictures,
    classes: List<String>,
    scaling: PixelScaling = PixelScaling.ZeroToOne,
    augmentation: Augmentation = Augmentation.None,
): Data = Data.Pictures(training, validation, classes, scaling, augmentation)

/** A file of pictures and one of their classes, in the IDX format of MNIST, compressed by gzip or not. */
@JvmSynthetic public fun idx(images: String, labels: String): PictureFiles = PictureFiles(images, labels)
