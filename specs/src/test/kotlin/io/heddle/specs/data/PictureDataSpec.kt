package io.heddle.specs.data

import io.heddle.recipe.PictureFiles
import io.heddle.recipe.PixelScaling
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.Batching
import io.heddle.runtime.data.EpochBatches
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PictureData
import io.heddle.runtime.data.PictureSize
import io.heddle.runtime.data.Pictures
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.ShiftedPictures
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.nio.file.Path
import java.util.zip.GZIPOutputStream
import kotlin.io.path.outputStream
import kotlin.io.path.readBytes

/** Files in the IDX format become batches of pictures. */
class PictureDataSpec :
    StringSpec({
        val folder = folder()
        val classes = listOf("dark", "bright", "mixed")
        val (two, three) = intArrayOf(0, 0, 0, 2) to intArrayOf(0, 0, 0, 3)
        // Three pictures of two rows and three columns.
        val values = intArrayOf(0, 1, 2, 3, 4, 5) + IntArray(6) { 255 } + intArrayOf(51, 0, 0, 102, 0, 255)
        folder.bytes("images", 0, 0, 8, 3, *three, *two, *three, *values)
        folder.bytes("labels", 0, 0, 8, 1, *three, 0, 1, 2)

        fun read(images: String = "images", labels: String = "labels"): Pictures =
            Pictures.read(folder, PictureFiles(images, labels), classes)

        fun batch(pictures: Pictures, scaling: PixelScaling = PixelScaling.ZeroToOne, count: Int = 3): Batch =
            OrderedBatches(PictureData(pictures, scaling, 6), BatchSize.Sentences(count), 1).batch(0)

        "a picture has rows and columns of bytes, and a class" {
            val batch = batch(read())
            batch.real(Batch.PIXELS).shape() shouldBe intArrayOf(3, 2, 3, 1)
            batch
                .real(Batch.PIXELS)
                .values()
                .map { it * 255 }
                .forEachIndexed { at, value -> value shouldBe (values[at].toFloat() plusOrMinus 1e-4f) }
            batch.tensor(Batch.LABELS).values() shouldBe intArrayOf(0, 1, 2)
            batch.labelCount shouldBe 3
            batch.tokens() shouldBe 18
        }

        "bytes are scaled by a mean and a deviation" {
            val scaled = batch(read(), PixelScaling.Standardized(0.2, 0.4)).real(Batch.PIXELS).values()
            // 51 / 255 = 0.2, 0, 0, 102 / 255 = 0.4, 0, 1
            listOf(0.0f, -0.5f, -0.5f, 0.5f, -0.5f, 2.0f).forEachIndexed { at, value ->
                scaled[12 + at] shouldBe (value plusOrMinus 1e-6f)
            }
        }

        "a file may be compressed, and pictures may have channels" {
            folder.gzip("images.gz", folder.resolve("images"))
            folder.gzip("renamed", folder.resolve("labels"))
            batch(read("images.gz", "renamed")) shouldBe batch(read())
            folder.bytes("colors", 0, 0, 8, 4, *three, 0, 0, 0, 1, *two, *three, *values)
            read("colors").requireSize(PictureSize(1, 2, 3), "picture")
            batch(read("colors")).real(Batch.PIXELS).values() shouldBe batch(read()).real(Batch.PIXELS).values()
        }

        "the last ones are held out" {
            val learned = read().withoutLast(1)
            val held = read().last(1)
            listOf(learned.count(), held.count()) shouldBe listOf(2, 1)
            batch(learned).tensor(Batch.LABELS).values() shouldBe intArrayOf(0, 1)
            batch(held).tensor(Batch.LABELS).values() shouldBe intArrayOf(2)
            batch(held).real(Batch.PIXELS).values().last() shouldBe 1f
            refusal(folder) { read().withoutLast(3) } shouldRead
                """
                images: no picture is left to learn from
                  held out = the last 3
                  pictures = 3
                  Hold out fewer.
                """
        }

        "a moved picture is as the paper crops it, and what comes in is dark" {
            val data = PictureData(read(), PixelScaling.Standardized(0.2, 0.4), 6)
            val whole = EpochBatches(data, Batching.sentences(3), 5)
            val moved = ShiftedPictures(whole, 1, data.background(), 5)
            val seen = mutableSetOf<Pair<Int, Int>>()
            var at = Position.START
            repeat(40) {
                val before = whole.batch(at)
                val after = moved.batch(at)
                after.tensors() shouldBe before.tensors()
                for (picture in 0..2) {
                    val shifts = (-1..1).flatMap { down -> (-1..1).map { right -> down to right } }
                    val fits =
                        shifts.filter { (down, right) ->
                            cropped(before.pixels(picture), down, right, data.background()) == after.pixels(picture)
                        }
                    (fits.size in 1..9) shouldBe true
                    // The first picture has six different values, so that one shift alone fits.
                    if (before.tensor(Batch.LABELS).values()[picture] == 0) seen += fits.single()
                }
                at = moved.after(at)
            }
            seen shouldContainExactlyInAnyOrder (-1..1).flatMap { down -> (-1..1).map { right -> down to right } }
            ShiftedPictures(whole, 1, data.background(), 5).batch(Position(3, 0)) shouldBe moved.batch(Position(3, 0))
            ShiftedPictures(whole, 1, data.background(), 6).batch(Position(3, 0)) shouldNotBe
                moved.batch(Position(3, 0))
            // A picture may be moved out of sight.
            val far = ShiftedPictures(whole, Int.MAX_VALUE, data.background(), 5).batch(Position.START)
            far.real(Batch.PIXELS).values().toSet() shouldBe setOf(data.background())
        }

        "files that are not there are told together, with what should be in them" {
            refusal { Pictures.read(Path.of("/nowhere"), PictureFiles("a.gz", "b.gz"), classes) } shouldRead
                """
                /nowhere/a.gz: there is no such file
                  It was looked for at /nowhere/a.gz.
                  Put one there with pictures in the IDX format, compressed by gzip or not.
                  docs/howto/TASKS.md says where the files of the samples are found.

                /nowhere/b.gz: there is no such file
                  It was looked for at /nowhere/b.gz.
                  Put one there with their labels in the IDX format, compressed by gzip or not.
                  docs/howto/TASKS.md says where the files of the samples are found.
                """
        }

        "a file of another format" {
            folder.text("text", "0 1 2")
            folder.bytes("empty")
            refusal(folder) { read("text", "empty") } shouldRead
                """
                text: the file is not in the IDX format of pictures or labels
                  begins with = 30 20 31 20
                  Pictures begin with 00 00 08 03, or 00 00 08 04 where they have channels, and labels with 00 00 08 01.
                  Check that this is the file you mean.

                empty: the file is not in the IDX format of pictures or labels
                  begins with = nothing
                  Pictures begin with 00 00 08 03, or 00 00 08 04 where they have channels, and labels with 00 00 08 01.
                  Check that this is the file you mean.
                """
            // Numbers of four bytes, axes that end too soon, and an axis below zero.
            folder.bytes("floats", 0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0)
            folder.bytes("short", 0, 0, 8, 3, 0, 0, 0)
            folder.bytes("negative", 0, 0, 8, 1, 255, 0, 0, 0)
            for (file in listOf("floats", "short", "negative")) {
                refusal(folder) { read(labels = file) }.lines().first() shouldBe
                    "$file: the file is not in the IDX format of pictures or labels"
            }
        }

        "a file that says another length than it has" {
            folder.bytes("cut", 0, 0, 8, 3, *three, *two, *three, *values.copyOf(17))
            folder.bytes("long", 0, 0, 8, 1, *three, 0, 1, 2, 0)
            refusal(folder) { read("cut", "long") } shouldRead
                """
                cut: the file is cut off
                  axes = 3 x 2 x 3
                  values that they say = 18
                  values = 17
                  Fetch it again, or check that this is the file you mean.

                long: the file goes on behind its last value
                  axes = 3
                  values that they say = 3
                  values = more
                  Fetch it again, or check that this is the file you mean.
                """
            folder.bytes("huge", 0, 0, 8, 3, 127, 0, 0, 0, 127, 0, 0, 0, 127, 0, 0, 0)
            refusal(folder) { read("huge") } shouldRead
                """
                huge: the file says that it has more values than fit into an array
                  axes = 2130706432 x 2130706432 x 2130706432
                  Check that this is the file you mean, or make it smaller.
                """
            val packed = folder.gzip("whole.gz", folder.resolve("images")).readBytes()
            folder.bytes("cut.gz", *packed.copyOf(packed.size - 12).map { it.toInt() }.toIntArray())
            refusal(folder) { read("cut.gz") } shouldRead
                """
                cut.gz: the compressed file is broken or cut off
                  Fetch it again, or unpack it with gunzip to see more.
                """
        }

        "files that do not belong together" {
            refusal(folder) { read("labels", "images") } shouldRead
                """
                labels: the file has another number of axes than pictures
                  axes = 1
                  Pictures have 3 axes, or 4 with channels, and labels have 1. Say idx(images, labels), in this order.

                images: the file has another number of axes than labels
                  axes = 3
                  Pictures have 3 axes, or 4 with channels, and labels have 1. Say idx(images, labels), in this order.
                """
            folder.bytes("four", 0, 0, 8, 1, 0, 0, 0, 4, 0, 7, 2, 3)
            refusal(folder) { read(labels = "four") } shouldRead
                """
                four: there is not one label for each picture
                  labels = 4
                  pictures of images = 3
                  Say the two files that belong together.

                four: label 1, counted from 0, is the number of no class
                  label = 7
                  classes = dark  bright  mixed
                  Name the classes of all numbers from 0 on in the recipe, or check that this is the file you mean.

                four: label 3, counted from 0, is the number of no class
                  label = 3
                  classes = dark  bright  mixed
                  Name the classes of all numbers from 0 on in the recipe, or check that this is the file you mean.
                """
            folder.bytes("none", 0, 0, 8, 3, 0, 0, 0, 0, *two, *three)
            folder.bytes("of none", 0, 0, 8, 1, 0, 0, 0, 0)
            refusal(folder) { read("none", "of none") } shouldRead
                """
                none: there is no picture in it
                  Check that this is the file you mean.
                """
        }

        "pictures of another size than the model looks at" {
            refusal(folder) { read().requireSize(PictureSize(28, 28, 1), "picture") } shouldRead
                """
                images: the pictures are of another size than the model looks at
                  rows x columns x channels = 2 x 3 x 1
                  those of picture = 28 x 28 x 1
                  Say the size of the pictures in image(channels, size, rows), or take other pictures.
                """
        }

        "the mark of data knows every byte and every class" {
            fun mark(images: String, labels: String) =
                PictureData(read(images, labels), PixelScaling.ZeroToOne, 6).let { it.mark(it, "").digest() }
            folder.bytes("other images", 0, 0, 8, 3, *three, *two, *three, *values.reversedArray())
            folder.bytes("other labels", 0, 0, 8, 1, *three, 0, 1, 1)
            val marks = listOf(mark("images", "labels"), mark("other images", "labels"), mark("images", "other labels"))
            marks.toSet().size shouldBe 3
            mark("images", "labels") shouldBe marks.first()
        }
    })

private fun Batch.pixels(picture: Int): List<Float> = real(Batch.PIXELS).values().toList().chunked(6)[picture]

/** A picture of two rows and three columns, each pixel from [down] rows above and [right] columns before it. */
private fun cropped(picture: List<Float>, down: Int, right: Int, background: Float): List<Float> =
    List(6) { at ->
        val (row, column) = at / 3 - down to at % 3 - right
        if (row in 0..1 && column in 0..2) picture[row * 3 + column] else background
    }

private fun Path.gzip(name: String, file: Path): Path =
    resolve(name).also { packed -> GZIPOutputStream(packed.outputStream()).use { it.write(file.readBytes()) } }
