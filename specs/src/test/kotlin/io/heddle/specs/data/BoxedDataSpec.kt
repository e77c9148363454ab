package io.heddle.specs.data

import io.heddle.dsl.boxedPictures
import io.heddle.dsl.coco
import io.heddle.dsl.shapes
import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Data
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BoxedData
import io.heddle.runtime.data.PictureSize
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.io.path.copyTo
import kotlin.io.path.readBytes
import kotlin.math.sqrt

/** Left, top, right and lower edge of each object, in pixels, and its class. */
private data class Seen(val kind: Int, val left: Double, val top: Double, val right: Double, val bottom: Double)

private fun seen(data: BoxedData, number: Int, size: PictureSize): Pair<List<Float>, List<Seen>> {
    val batch = data.pad(intArrayOf(number), 1)
    val kinds = batch.tensor(Batch.OBJECTS).values()
    val objects =
        List(batch.tensor(Batch.COUNTS).values().single()) { at ->
            val (x, y, width, height) = batch.real(Batch.BOXES).values().slice(at * 4 until at * 4 + 4)
            fun edge(center: Float, half: Float, length: Int) = (center + half / 2).toDouble() * length
            val (columns, rows) = size.columns to size.rows
            Seen(
                kinds[at],
                edge(x, -width, columns),
                edge(y, -height, rows),
                edge(x, width, columns),
                edge(y, height, rows),
            )
        }
    return batch.real(Batch.PIXELS).values().toList() to objects
}

/** Pictures with boxes are drawn, and read from files, as is written of them. */
class BoxedDataSpec :
    StringSpec({
        val size = PictureSize(20, 30, 1)
        val kinds = listOf("square", "disc", "triangle", "cross")

        fun drawn(source: BoxedSource, part: String = "training", pictures: PictureSize = size): BoxedData =
            BoxedData.open(
                boxedPictures(source, source, kinds) as Data.BoxedPictures,
                folder(),
                source,
                part,
                pictures,
                6,
            )

        "a drawn picture has one to so many shapes, of any kind, whose boxes do not overlap" {
            val data = drawn(shapes(800, most = 2, noise = 0.0))
            val pictures = List(800) { seen(data, it, size).second }
            pictures.map { it.size }.toSet() shouldBe setOf(1, 2)
            val first = pictures.map { it.first() }
            first.groupingBy { it.kind }.eachCount().values.forEach { it.toDouble() shouldBe shareOf(800, 1.0 / 4) }
            first
                .map { Math.round(it.right - it.left).toInt() }
                .groupingBy { it }
                .eachCount()
                .let { sides ->
                    sides.keys shouldBe (4..10).toSet()
                    sides.values.forEach { it.toDouble() shouldBe shareOf(800, 1.0 / 7) }
                }
            for (objects in pictures) {
                for ((_, left, top, right, bottom) in objects) {
                    (left > -1e-4 && top > -1e-4 && right < 30 + 1e-4 && bottom < 20 + 1e-4) shouldBe true
                    right - left shouldBe (bottom - top plusOrMinus 1e-4)
                }
                if (objects.size == 2) {
                    val (one, other) = objects
                    val apart = maxOf(one.left, other.left) - minOf(one.right, other.right)
                    (maxOf(apart, maxOf(one.top, other.top) - minOf(one.bottom, other.bottom)) > -1e-4) shouldBe true
                }
            }
            data.objects() shouldBe pictures.sumOf { it.size }
        }

        "a shape is brighter than its ground, reaches to each side of its box, and covers what its name says" {
            val data = drawn(shapes(120, most = 1, noise = 0.0))
            val shares = HashMap<Int, MutableList<Double>>()
            repeat(120) { number ->
                val (pixels, objects) = seen(data, number, size)
                val bright = pixels.indices.filter { pixels[it] > 0.5f }
                val (kind, left, top, right, bottom) = objects.single()
                val (rows, columns) = bright.map { it / 30 } to bright.map { it % 30 }
                listOf(rows.min(), rows.max() + 1)
                    .map { it.toDouble() }
                    .zip(listOf(top, bottom))
                    .forEach { (found, said) -> found shouldBe (said plusOrMinus 1.01) }
                listOf(columns.min(), columns.max() + 1)
                    .map { it.toDouble() }
                    .zip(listOf(left, right))
                    .forEach { (found, said) -> found shouldBe (said plusOrMinus 1.01) }
                pixels.filter { it > 0.5f }.toSet().size shouldBe 1
                (pixels.filter { it > 0.5f }.min() >= 0.6f - 1f / 255) shouldBe true
                pixels.filter { it <= 0.5f }.toSet().size shouldBe 1
                shares.getOrPut(kind) { mutableListOf() } += bright.size / ((right - left) * (bottom - top))
            }
            // Of its box a disc covers pi / 4, a triangle a half, a cross 5 / 9; a few pixels do it roughly.
            val expected = listOf(1.0, Math.PI / 4, 0.5, 5.0 / 9)
            expected.forEachIndexed { kind, share ->
                shares.getValue(kind).average() shouldBe (share plusOrMinus if (kind == 0) 1e-4 else 0.05)
            }
        }

        "noise is normal, and of the deviation that is said" {
            val quiet = drawn(shapes(20, noise = 0.0), pictures = PictureSize(20, 20, 3))
            val noisy = drawn(shapes(20, noise = 0.02), pictures = PictureSize(20, 20, 3))
            val differences =
                (0 until 20).flatMap { number ->
                    val (still, moved) = listOf(quiet, noisy).map { it.pad(intArrayOf(number), 1).real(Batch.PIXELS) }
                    still
                        .values()
                        .zip(moved.values().asList())
                        .filter { it.first in 0.1f..0.9f }
                        .map { (it.second - it.first).toDouble() }
                }
            differences.average() shouldBe (0.0 plusOrMinus 4 * 0.02 / sqrt(differences.size.toDouble()) + 1e-4)
            sqrt(differences.sumOf { it * it } / differences.size) shouldBe (0.02 plusOrMinus 0.001)
        }

        "the same seed gives the same pictures, and another seed or another part others" {
            fun mark(seed: Long, part: String) = drawn(shapes(5, seed = seed), part).let { it.mark(it, "").digest() }
            mark(42, "training") shouldBe mark(42, "training")
            setOf(mark(42, "training"), mark(42, "validation"), mark(43, "training")).size shouldBe 3
        }

        val folder = folder()
        writeBoxes(folder)

        fun read(
            size: PictureSize,
            file: String = "boxes.json",
            pictures: String = "pictures",
            classes: List<String> = listOf("cat", "dog"),
        ): BoxedData {
            val files = coco(file, pictures)
            return BoxedData.open(catsAndDogs(files, classes), folder, files, "files", size, 6)
        }

        "boxes of COCO's annotations are shares of their pictures, and those of crowds are left out" {
            val data = read(PictureSize(4, 6, 1))
            data.size() shouldBe 2
            data.objects() shouldBe 3
            data.crowds() shouldBe 1
            val batch = data.pad(intArrayOf(1, 0), 1)
            batch.tensor(Batch.COUNTS).values() shouldBe intArrayOf(1, 2)
            batch.tensor(Batch.OBJECTS).values() shouldBe intArrayOf(1, 0, 0, 1)
            batch.tensor(Batch.OBJECTS).shape() shouldBe intArrayOf(2, 2)
            batch.real(Batch.BOXES).shape() shouldBe intArrayOf(2, 2, 4)
            // Half a pixel of the last one is over the edge: it was rounded.
            val shares =
                listOf(0.5, 0.375, 0.5, 0.75, 0.0, 0.0, 0.0, 0.0) +
                    listOf(0.5, 0.625, 1.0, 0.75, 4.0 / 6, 0.5, 4.0 / 6, 1.0)
            batch.real(Batch.BOXES).values().forEachIndexed { at, share ->
                share shouldBe (shares[at].toFloat() plusOrMinus 1e-6f)
            }
            batch.labelCount shouldBe 1
            batch.tokens() shouldBe 12
            batch.rows() shouldBe 2
        }

        "a picture of another size is stretched as Pillow stretches it, and grey is a mean of its colors" {
            fun bytes(size: PictureSize, number: Int) =
                read(size).pad(intArrayOf(number), 1).real(Batch.PIXELS).values().map { (it * 255).toDouble() }
            fun List<Double>.shouldBeNear(vararg bytes: Int) {
                this.size shouldBe bytes.size
                indices.forEach { get(it) shouldBe (bytes[it].toDouble() plusOrMinus 1.001) }
            }
            // Image.resize(size, Image.BILINEAR) and Image.convert("L") of Pillow 12.3.
            bytes(PictureSize(4, 6, 1), 0).take(7).zip(listOf(0, 50, 100, 150, 200, 250, 10)).forEach { (found, said) ->
                found shouldBe (said.toDouble() plusOrMinus 1e-4)
            }
            bytes(PictureSize(2, 3, 1), 0).shouldBeNear(56, 130, 202, 82, 128, 173)
            bytes(PictureSize(4, 4, 1), 0)
                .shouldBeNear(19, 89, 161, 231, 29, 99, 171, 238, 159, 142, 113, 96, 30, 51, 199, 220)
            bytes(PictureSize(5, 8, 1), 0)
                .take(16)
                .shouldBeNear(0, 31, 69, 106, 144, 181, 219, 250, 7, 38, 76, 113, 151, 188, 225, 254)
            bytes(PictureSize(2, 4, 1), 1).shouldBeNear(76, 150, 29, 255, 18, 48, 78, 108)
            bytes(PictureSize(2, 2, 3), 1).shouldBeNear(109, 109, 36, 109, 146, 219, 31, 41, 51, 79, 89, 99)
        }

        fun changed(vararg changes: Pair<String, String>): String {
            val text =
                changes.fold(annotations) { text, (old, new) -> text.also { check(old in it) }.replace(old, new) }
            folder.text("changed.json", text)
            return refusal(folder) { read(size, "changed.json") }
        }

        "annotations that do not belong together are told together" {
            changed(
                "\"image_id\": 9" to "\"image_id\": 8",
                "\"category_id\": 3, \"bbox\": [0, 1" to "\"category_id\": 4, \"bbox\": [0, 1",
                "[2, 0, 4.5, 4]" to "[2, 0, 5.5, 4]",
            ) shouldRead
                """
                changed.json: annotations[0]: there is no such entry among the images
                  image_id = 8
                  Add it to the images, or remove the annotation.

                changed.json: annotations[1]: there is no such entry among the categories
                  category_id = 4
                  Add it to the categories, or remove the annotation.

                changed.json: annotations[3]: the box is empty, or not on its picture
                  left, top, width, height = [2.0, 0.0, 5.5, 4.0]
                  width x height of the picture = 6 x 4
                  Width and height are above 0, and all of it is on the picture. Mend it, or remove the annotation.
                """
            changed("[1, 0, 2, 1.5]" to "[1, 0, 0, 1.5]").lines().first() shouldBe
                "changed.json: annotations[0]: the box is empty, or not on its picture"
            refusal(folder) { read(size, classes = listOf("cat", "cow")) } shouldRead
                """
                boxes.json: annotations[0]: "dog" is none of the classes
                  classes = cat  cow
                  Add it to the classes of the recipe, or remove its annotations.

                boxes.json: annotations[3]: "dog" is none of the classes
                  classes = cat  cow
                  Add it to the classes of the recipe, or remove its annotations.
                """
        }

        "values that are missing, or others, are told" {
            changed(
                "\"id\": 9" to "\"id\": 7",
                "\"name\": \"cat\"" to "\"name\": 5",
                "\"image_id\": 9" to "\"image_id\": \"9\"",
                "[2, 0, 4.5, 4]" to "[2, 0, 4.5]",
                "\"width\": 6" to "\"width\": 0",
            ) shouldRead
                """
                changed.json: images[0]: "width" is missing, or something else than 1 to 32767 pixels
                  Say it as docs/howto/BOXES.md shows.

                changed.json: categories[0]: "name" is missing, or something else than a text
                  Say it as docs/howto/BOXES.md shows.

                changed.json: annotations[0]: "image_id" is missing, or something else than a whole number
                  Say it as docs/howto/BOXES.md shows.

                changed.json: annotations[1]: there is no such entry among the categories
                  category_id = 3
                  Add it to the categories, or remove the annotation.

                changed.json: annotations[3]: "bbox" is missing, or something else than [left, top, width, height] in pixels
                  Say it as docs/howto/BOXES.md shows.
                """
            changed("\"id\": 9" to "\"id\": 7", "\"image_id\": 9" to "\"image_id\": 7").lines().take(3) shouldBe
                listOf(
                    "changed.json: images[1]: an entry before it has the same id",
                    "  id = 7",
                    "  Give each a number of its own.",
                )
        }

        "a crowd is 1, and whatever is neither 0 nor 1 is told" {
            for (said in listOf("true", "1.0", "2", "\"1\"", "null")) changed(
                "\"iscrowd\": 1" to "\"iscrowd\": $said"
            ) shouldRead
                """
                changed.json: annotations[2]: "iscrowd" is neither 0 nor 1
                  iscrowd = $said
                  Say 1 for a box around a crowd, which is left out, and 0 or nothing for an object.
                """
        }

        "a file that is no COCO" {
            for ((text, list) in listOf("[1, 2]" to "images", "{" to "images", "{\"images\": []}" to "categories")) {
                folder.text("other.json", text)
                refusal(folder) { read(size, "other.json") } shouldRead
                    """
                    other.json: the file has no annotations as COCO writes them
                      it lacks = a list "$list"
                      They are a JSON object with the lists images, annotations and categories.
                      Check that this is the file you mean, and whole. docs/howto/BOXES.md shows one.
                    """
            }
            folder.text("none.json", "{\"images\": [], \"annotations\": [], \"categories\": []}")
            refusal(folder) { read(size, "none.json") } shouldRead
                """
                none.json: there is no picture in it
                  Check that this is the file you mean.
                """
        }

        "pictures that are not there, or other ones" {
            val others = folder.resolve("others").also { it.toFile().mkdir() }
            folder.resolve("pictures/two.png").copyTo(others.resolve("one.png"))
            refusal(folder) { read(size, pictures = "others") } shouldRead
                """
                others/one.png: the picture is of another size than its annotations say
                  width x height = 4 x 2
                  those of the annotations = 6 x 4
                  Its boxes would be elsewhere. Say the picture that was annotated.

                others/two.png: there is no such picture
                  It was looked for at others/two.png.
                  Put it there, or name the folder that the names of the annotations are relative to.
                """
            val png = folder.resolve("pictures/one.png").readBytes()
            others.bytes("one.png", 1, 2, 3)
            others.bytes("two.png", *png.copyOf(png.size / 2).map { it.toInt() }.toIntArray())
            val told = refusal(folder) { read(size, pictures = "others") }
            told.lines().take(2).joinToString("\n") shouldRead
                """
                others/one.png: the file is no picture that can be read
                  PNG and JPEG can. Check that this is the file you mean, or convert it.
                """
            told.lines()[3] shouldBe "others/two.png: the file cannot be read"
            refusal(folder) { read(PictureSize(4, 6, 2)) } shouldRead
                """
                boxes.json: its pictures have 1 channel or 3, and the model looks at others
                  channels = 2
                  Say image(channels = 3, size = 64) in the model, or channels = 1 for shades of grey.
                """
        }

        "an empty picture teaches that nothing is there" {
            folder.text(
                "empty.json",
                annotations.replace(
                    Regex("\"annotations\": \\[.*?\\n  ]", RegexOption.DOT_MATCHES_ALL),
                    "\"annotations\": []",
                ),
            )
            val batch = read(size, "empty.json").pad(intArrayOf(0, 1), 1)
            batch.tensor(Batch.COUNTS).values() shouldBe intArrayOf(0, 0)
            batch.tensor(Batch.OBJECTS).shape() shouldBe intArrayOf(2, 1)
            batch.real(Batch.BOXES).values().filter { it != 0f }.shouldBeEmpty()
        }
    })

/** How many of [count] come with [chance], and four deviations on either side. */
private fun shareOf(count: Int, chance: Double) = count * chance plusOrMinus 4 * sqrt(count * chance * (1 - chance))
