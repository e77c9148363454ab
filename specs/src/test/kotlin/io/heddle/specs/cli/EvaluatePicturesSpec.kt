package io.heddle.specs.cli

import io.heddle.specs.train.writeBars
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch

/** Classes of pictures are learned, and measured, from the command line. */
class EvaluatePicturesSpec :
    StringSpec({
        val desk = autoClose(Desk())
        writeBars(desk.folder, "images", "labels", 0..119)
        writeBars(desk.folder, "other-images", "other-labels", 200..239)
        desk.file(
            "bars.model.kts",
            """
            val bars = model("bars", width = 8) {
                val picture by image(channels = 1, size = 6) { patches(2); learnedPositions() }
                val encoder by stack(picture, layers = 1) {
                    attention(heads = 2)
                    addNorm()
                }
                val label by classify(encoder, Mean, classes = 2)
            }
            val data = pictures(
                training = idx("images", "labels"),
                validation = HeldOutPictures.Last(20),
                classes = listOf("row", "column"),
                scaling = PixelScaling.Standardized(mean = 0.1, deviation = 0.3),
                augmentation = Augmentation.Shift(1),
            )
            val training = recipe(data, steps = 40) {
                batch(8)
                optimizer = AdamW(learningRate = 2e-2)
                evaluate(every = 40)
            }
            """
                .trimIndent(),
        )

        "training tells accuracy, and evaluate measures other files" {
            desk.heddle("check", "bars.model.kts").out.lines().last { it.isNotEmpty() } shouldBe
                "bars.model.kts: recipe training is fine: 40 steps"
            val trained = desk.heddle("train", "bars.model.kts", "--out", "./bars")
            trained.out.lines()[1] shouldBe "100 pictures to learn from, 20 held out, of 6 x 6 pixels"
            trained.out.lines()[3] shouldMatch Regex("step 40   validation loss \\d\\.\\d{3}   accuracy \\d+\\.\\d %")
            desk.heddle("evaluate", "./bars", "--data", "./other-images", "--labels", "./other-labels").out shouldMatch
                Regex("labels {20}40\nloss per label {12}\\d\\.\\d{6}\naccuracy {18}\\d+\\.\\d\\d %\n")
        }

        "pictures have labels in a file of their own" {
            desk.heddle("evaluate", "./bars", "--data", "./other-images") shouldBe
                Ran(
                    1,
                    "",
                    """
                    bars: it looks at pictures, whose labels stand in a file of their own
                      Say both: --data IMAGES --labels LABELS.

                    """
                        .trimIndent(),
                )
        }

        "texts have not" {
            desk.file("films.tsv", "fine film\tgood\nbad film\tbad\n")
            desk.file(
                "films.model.kts",
                """
                val films = model("films", width = 8) {
                    val text by tokens(vocab = 9)
                    val encoder by stack(text, layers = 1) { attention(heads = 2) }
                    val label by classify(encoder, Mean, classes = 2)
                }
                val data = labelledTexts("films.tsv", "films.tsv", listOf("bad", "good"), Tokenization.Words(1))
                val training = recipe(data, steps = 1) { batch(2) }
                """
                    .trimIndent(),
            )
            desk.heddle("train", "films.model.kts", "--out", "./films").status shouldBe 0
            desk.heddle("evaluate", "./films", "--data", "films.tsv", "--labels", "./labels") shouldBe
                Ran(
                    1,
                    "",
                    """
                    films: its labels stand in the file of what it reads
                      --labels is for pictures. Leave it out.

                    """
                        .trimIndent(),
                )
            desk.heddle("evaluate", "./films", "--labels", "./labels").err.lines().first() shouldBe
                "heddle: --labels is for --data."
        }

        "pictures that are missing are told with where they may be found" {
            desk.file(
                "lost.model.kts",
                desk.folder.resolve("bars.model.kts").toFile().readText().replace("\"images\"", "\"lost.gz\""),
            )
            desk.heddle("train", "lost.model.kts", "--out", "./lost") shouldBe
                Ran(
                    1,
                    "",
                    """
                    lost.gz: there is no such file
                      It was looked for at lost.gz.
                      Put one there with pictures in the IDX format, compressed by gzip or not.
                      docs/howto/TASKS.md says where the files of the samples are found.

                    """
                        .trimIndent(),
                )
        }
    })
