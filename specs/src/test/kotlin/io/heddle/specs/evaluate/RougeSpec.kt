package io.heddle.specs.evaluate

import io.heddle.check.ProblemsException
import io.heddle.runtime.evaluate.Rouge
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.checkAll
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** ROUGE is that of ROUGE-1.5.5, and of its definition. */
class RougeSpec :
    StringSpec({
        val kinds = mapOf("rouge1" to Rouge.ofWords(), "rouge2" to Rouge.ofPairs(), "rougeL" to Rouge.longest())

        fun holds(case: JsonObject, tolerance: Double): Int =
            kinds.count { (name, rouge) ->
                val expected = case[name]?.jsonObject ?: return@count false
                val score = rouge.score(listOf(case.text("prediction")), listOf(case.text("target")))
                withClue("$name of ${case.text("prediction")}") {
                    score.precision / 100 shouldBe (expected.number("precision") plusOrMinus tolerance)
                    score.recall / 100 shouldBe (expected.number("recall") plusOrMinus tolerance)
                    score.f / 100 shouldBe (expected.number("f") plusOrMinus tolerance)
                }
                true
            }

        "the values of ROUGE-1.5.5, to all digits that it prints" {
            vectors().getValue("cases").jsonArray.sumOf { holds(it.jsonObject, 5.1e-6) } shouldBe 6
        }

        "the worked examples of google-research's rouge" {
            vectors().getValue("small").jsonArray.sumOf { holds(it.jsonObject, 1e-12) } shouldBe 4
        }

        "of several references the best one counts, and of several lines the mean" {
            val rouge = Rouge.ofWords()
            val one = rouge.scoreAgainstMany(listOf("a b c"), listOf(listOf("x y z", "a b", "a")))
            one shouldBe Rouge.Score(200.0 / 3, 100.0, 80.0)
            rouge.scoreAgainstMany(listOf("a b c", "q"), listOf(listOf("a b"), listOf("r"))) shouldBe
                Rouge.Score(100.0 / 3, 50.0, 40.0)
        }

        "other scripts have no words, and without words nothing is common" {
            kinds.values.forEach { rouge ->
                rouge.score(listOf("日本語", "", "..."), listOf("日本語", "", "...")) shouldBe Rouge.Score(0.0, 0.0, 0.0)
                rouge.score(listOf(), listOf()) shouldBe Rouge.Score(0.0, 0.0, 0.0)
            }
        }

        "a longest common subsequence is the longest of all that there are" {
            val words = Arb.list(Arb.element("a", "b", "c"), 1..7)
            checkAll(300, words, words) { left, right ->
                val common = subsequences(left).intersect(subsequences(right)).maxOf { it.size }
                Rouge.longest().score(listOf(left.joinToString(" ")), listOf(right.joinToString(" "))).recall shouldBe
                    (100.0 * common / right.size plusOrMinus 1e-9)
            }
        }

        "unequal numbers of lines are told, by the name of the measure" {
            shouldThrow<ProblemsException> { Rouge.ofPairs().score(listOf("a"), listOf()) }
                .shouldHaveMessage(
                    """
                    ROUGE-2: there are not as many references as hypotheses
                      hypotheses = 1
                      references = 0
                      Give one line of references for each line that was generated, empty lines included.
                    """
                        .trimIndent()
                )
        }
    })

private fun subsequences(words: List<String>): Set<List<String>> =
    words.fold(setOf(emptyList())) { all, word -> all + all.map { it + word } }

private fun vectors(): JsonObject {
    val resource = checkNotNull(RougeSpec::class.java.getResource("/metrics/rouge_vectors.json"))
    return Json.parseToJsonElement(resource.readText()).jsonObject
}

private fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

private fun JsonObject.number(name: String): Double = getValue(name).jsonPrimitive.double
