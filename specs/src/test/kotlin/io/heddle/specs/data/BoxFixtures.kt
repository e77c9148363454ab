package io.heddle.specs.data

import io.heddle.dsl.boxedPictures
import io.heddle.dsl.coco
import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Data
import io.heddle.recipe.PixelScaling
import java.awt.image.BufferedImage
import java.nio.file.Path
import javax.imageio.ImageIO

/** Annotations of two pictures, as COCO writes them. */
internal val annotations =
    """
    {
      "info": {"description": "two pictures"},
      "images": [
        {"id": 7, "file_name": "one.png", "width": 6, "height": 4},
        {"id": 9, "file_name": "two.png", "width": 4, "height": 2, "coco_url": ""}
      ],
      "annotations": [
        {"id": 1, "image_id": 9, "category_id": 18, "bbox": [1, 0, 2, 1.5], "area": 3, "iscrowd": 0},
        {"id": 2, "image_id": 7, "category_id": 3, "bbox": [0, 1, 6, 3]},
        {"id": 3, "image_id": 7, "category_id": 3, "bbox": [0, 0, 1, 1], "iscrowd": 1},
        {"id": 4, "image_id": 7, "category_id": 18, "bbox": [2, 0, 4.5, 4]}
      ],
      "categories": [{"id": 3, "name": "cat"}, {"id": 18, "name": "dog", "supercategory": "animal"}]
    }
    """
        .trimIndent()

private val one =
    listOf(
        listOf(0, 50, 100, 150, 200, 250),
        listOf(10, 60, 110, 160, 210, 255),
        listOf(255, 0, 255, 0, 255, 0),
        listOf(30, 30, 30, 220, 220, 220),
    )

private val two = listOf(listOf(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF), listOf(0x0A141E, 0x28323C, 0x46505A, 0x646E78))

/** Puts the annotations into `boxes.json`, and the pictures, one grey and one colored, into `pictures`. */
internal fun writeBoxes(folder: Path) {
    folder.text("boxes.json", annotations)
    val pictures = folder.resolve("pictures").also { it.toFile().mkdir() }
    val grey = BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY)
    one.forEachIndexed { row, line -> line.forEachIndexed { at, value -> grey.raster.setSample(at, row, 0, value) } }
    ImageIO.write(grey, "png", pictures.resolve("one.png").toFile())
    val colored = BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB)
    two.forEachIndexed { row, line -> line.forEachIndexed { at, value -> colored.setRGB(at, row, value) } }
    ImageIO.write(colored, "png", pictures.resolve("two.png").toFile())
}

/** Pictures of these files, as they are. */
internal fun catsAndDogs(
    files: BoxedSource = coco("boxes.json", "pictures"),
    classes: List<String> = listOf("cat", "dog"),
) = boxedPictures(files, files, classes, PixelScaling.ZeroToOne) as Data.BoxedPictures
