package io.heddle.specs.evaluate

import io.heddle.check.ProblemsException
import io.heddle.runtime.evaluate.Box
import io.heddle.runtime.evaluate.BoxLines
import io.heddle.runtime.evaluate.MeanAveragePrecision
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Boxes are scored as COCO scores them. */
class MeanAveragePrecisionSpec :
    StringSpec({
        fun MeanAveragePrecision.of(said: List<String>, real: List<String>) =
            score(BoxLines.said(said), BoxLines.real(real))

        "boxes drawn at random score what pycocotools says" {
            val resource = checkNotNull(MeanAveragePrecisionSpec::class.java.getResource("/metrics/coco_boxes.json"))
            val cases = Json.parseToJsonElement(resource.readText()).jsonObject.getValue("cases").jsonArray
            cases shouldHaveSize 5
            cases
                .map { it.jsonObject }
                .forEachIndexed { number, case ->
                    withClue("case $number") {
                        val (said, real) = case.lines("said") to case.lines("real")
                        MeanAveragePrecision.coco().of(said, real) shouldBe (case.number("map") plusOrMinus 1e-9)
                        MeanAveragePrecision.at(0.5).of(said, real) shouldBe (case.number("map50") plusOrMinus 1e-9)
                        MeanAveragePrecision.at(0.75).of(said, real) shouldBe (case.number("map75") plusOrMinus 1e-9)
                    }
                }
        }

        "two boxes share what both cover" {
            Box(0.0, 0.0, 2.0, 2.0).intersectionOverUnion(Box(1.0, 1.0, 3.0, 3.0)) shouldBe (1.0 / 7 plusOrMinus 1e-12)
            Box(0.0, 0.0, 1.0, 1.0).intersectionOverUnion(Box(1.0, 0.0, 2.0, 1.0)) shouldBe 0.0
            Box(0.0, 0.0, 0.0, 0.0).intersectionOverUnion(Box(0.0, 0.0, 0.0, 0.0)) shouldBe 0.0
        }

        "worked out by hand: two of three objects are found, after a box beside them" {
            // Likeliest first: right, wrong, right. So precision is 1 up to a recall of 1/3, and 2/3 up to 2/3.
            val said = listOf("cat 0.9 0 0 10 10; cat 0.8 50 50 60 60", "cat 0.7 0 0 10 10")
            val real = listOf("cat 0 0 10 10", "cat 0 0 10 10; cat 20 20 30 30")
            val expected = 100 * (34 * 1.0 + 33 * 2.0 / 3) / 101
            MeanAveragePrecision.at(0.5).of(said, real) shouldBe (expected plusOrMinus 1e-9)
            MeanAveragePrecision.coco().of(said, real) shouldBe (expected plusOrMinus 1e-9)
        }

        "an object is found once, and a box of another kind finds nothing" {
            val real = listOf("cat 0 0 10 10; dog 20 20 30 30")
            MeanAveragePrecision.at(0.5).of(listOf("cat 0.9 0 0 10 10; dog 0.1 20 20 30 30"), real) shouldBe 100.0
            MeanAveragePrecision.at(0.5).of(listOf("dog 0.9 0 0 10 10"), real) shouldBe 0.0
            MeanAveragePrecision.at(0.5).of(listOf("cow 0.9 0 0 10 10"), listOf("")) shouldBe 0.0
        }

        "a line that is no box is told" {
            shouldThrow<ProblemsException> { BoxLines.said(listOf("", "cat 0.9 0 0 10")) }
                .shouldHaveMessage(
                    """
                    mAP: this is no box
                      line = 2
                      text = cat 0.9 0 0 10
                      Say kind score left top right bottom, with ; between boxes: cat 0.9 10 20 110 220.
                    """
                        .trimIndent()
                )
            shouldThrow<ProblemsException> { BoxLines.real(listOf("cat 0 0 ten 10; dog 1 1 2 2")) }
                .shouldHaveMessage(
                    """
                    mAP: this is no box
                      line = 1
                      text = cat 0 0 ten 10
                      Say kind left top right bottom, with ; between boxes: cat 10 20 110 220.
                    """
                        .trimIndent()
                )
        }

        "a box that ends before it begins is none" {
            shouldThrow<ProblemsException> { BoxLines.real(listOf("cat 5 0 0 10")) }
            shouldThrow<ProblemsException> { BoxLines.real(listOf("cat 0 0 NaN 10")) }
            for (number in listOf("NaN", "Infinity", "1e999", "0.9f", "0.9d", "0x1p3")) {
                shouldThrow<ProblemsException> { BoxLines.said(listOf("cat $number 0 0 10 10")) }
                    .shouldHaveMessage(
                        """
                        mAP: this is no box
                          line = 1
                          text = cat $number 0 0 10 10
                          Say kind score left top right bottom, with ; between boxes: cat 0.9 10 20 110 220.
                        """
                            .trimIndent()
                    )
                shouldThrow<ProblemsException> { BoxLines.real(listOf("cat 0 0 $number 10")) }
            }
            BoxLines.said(listOf("cat -1.5e-3 +0 .5 10. 1E1")).single().single() shouldBe
                MeanAveragePrecision.Said("cat", -0.0015, Box(0.0, 0.5, 10.0, 10.0))
        }

        "pictures that were not looked at are told" {
            shouldThrow<ProblemsException> { MeanAveragePrecision.coco().of(listOf(), listOf("cat 0 0 1 1")) }
                .shouldHaveMessage(
                    """
                    mAP: there are not as many references as hypotheses
                      hypotheses = 0
                      references = 1
                      Give one line of references for each line that was generated, empty lines included.
                    """
                        .trimIndent()
                )
        }
    })

private fun JsonObject.lines(name: String): List<String> = getValue(name).jsonArray.map { it.jsonPrimitive.content }

private fun JsonObject.number(name: String): Double = getValue(name).jsonPrimitive.double
