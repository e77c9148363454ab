package io.heddle.specs.evaluate

import io.heddle.check.ProblemsException
import io.heddle.runtime.evaluate.Bleu
import io.heddle.runtime.evaluate.BleuTokenizer
import io.heddle.runtime.evaluate.ChrF
import io.heddle.runtime.evaluate.Smoothing
import io.heddle.runtime.evaluate.Ter
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.double
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class SacreBleuSpec :
    FunSpec({
        val published = vectors("sacrebleu_published.json")
        val computed = vectors("sacrebleu_computed.json")
        val more = vectors("sacrebleu_chrf_ter.json")

        test("corpus BLEU is what sacreBLEU's own tests expect") {
            val cases = published.cases("corpus_bleu")
            cases shouldHaveSize 9
            cases.forEach { case ->
                withClue(case) {
                    val score = case.bleu().scoreAgainstMany(case.hypotheses(), case.references())
                    score.score shouldBe (case.expected() plusOrMinus 1e-4)
                }
            }
        }

        test("BLEU of a single sentence is what sacreBLEU's own tests expect, to the digits that they have") {
            val cases = published.cases("sentence_bleu")
            cases shouldHaveSize 18
            cases.forEach { case ->
                val corpus = published.corpus(case)
                val score = case.bleu().scoreAgainstMany(corpus.hypotheses(), corpus.references())
                withClue(case) { score.score shouldBe (case.expected() plusOrMinus 1e-3) }
            }
        }

        test("corpus BLEU is sacreBLEU's under every tokenizer, smoothing, case and order option") {
            val cases = computed.cases("corpus_bleu")
            cases shouldHaveSize 64
            cases.forEach { case ->
                withClue(case) {
                    val score = case.bleu().scoreAgainstMany(case.hypotheses(), case.references())
                    score.score shouldBe (case.expected() plusOrMinus 1e-9)
                    score.render() shouldBe case.getValue("render").jsonPrimitive.content
                }
            }
        }

        test("chrF is what sacreBLEU's own tests expect") {
            val score = ChrF(6, 0, 2.0, false, ChrF.ShortLines.COUNTED)
            published.cases("chrf").forEach { case ->
                val hypotheses = case.hypotheses()
                val references = case.getValue("ref_streams").strings()
                withClue(case) { score.score(hypotheses, references) shouldBe (case.expected() plusOrMinus 1e-4) }
            }
        }

        test("chrF is sacreBLEU's over several references, scripts and cases") {
            computed.cases("chrf").forEach { case ->
                val lowercase = case.getValue("lowercase").jsonPrimitive.boolean
                val score = ChrF(6, 0, 2.0, lowercase, ChrF.ShortLines.LEFT_OUT)
                withClue(case) {
                    score.scoreAgainstMany(case.hypotheses(), case.references()) shouldBe
                        (case.expected() plusOrMinus 1e-9)
                }
            }
        }

        test("chrF++ is sacreBLEU's over several references, scripts, marks and cases") {
            val cases = more.cases("chrf")
            cases shouldHaveSize 24
            cases.forEach { case ->
                val lowercase = case.getValue("lowercase").jsonPrimitive.boolean
                val shortLines =
                    if (case.getValue("eps_smoothing").jsonPrimitive.boolean) ChrF.ShortLines.COUNTED
                    else ChrF.ShortLines.LEFT_OUT
                val score = ChrF(6, case.getValue("word_order").jsonPrimitive.int, 2.0, lowercase, shortLines)
                val corpus = more.corpus(case)
                withClue(case) {
                    score.scoreAgainstMany(corpus.hypotheses(), corpus.references()) shouldBe
                        (case.expected() plusOrMinus 1e-9)
                }
            }
        }

        test("TER is what sacreBLEU's own tests expect") {
            val cases = more.cases("ter_published")
            cases shouldHaveSize 5
            cases.forEach { case ->
                val score = Ter.standard().scoreAgainstMany(case.hypotheses(), case.references())
                withClue(case) { score shouldBe (case.expected() plusOrMinus 1e-3) }
            }
        }

        test("TER is sacreBLEU's where rows of words moved, over several references, long lines and cases") {
            val cases = more.cases("ter")
            cases shouldHaveSize 26
            cases.forEach { case ->
                val score = Ter(!case.getValue("case_sensitive").jsonPrimitive.boolean)
                val corpus = more.corpus(case)
                withClue(case) {
                    score.scoreAgainstMany(corpus.hypotheses(), corpus.references()) shouldBe
                        (case.expected() plusOrMinus 1e-9)
                }
            }
        }

        test("a corpus without lines scores 0") {
            Bleu.standard().score(listOf(), listOf()).score shouldBe 0.0
            ChrF.standard().score(listOf(), listOf()) shouldBe 0.0
            Ter.standard().score(listOf(), listOf()) shouldBe 0.0
        }

        test("a perfect corpus scores 100, and needs no edits") {
            val lines = listOf("the quick brown fox jumps", "over the lazy dog again")
            Bleu.standard().score(lines, lines).score shouldBe (100.0 plusOrMinus 1e-9)
            ChrF.standard().score(lines, lines) shouldBe (100.0 plusOrMinus 1e-9)
            ChrF.withWords().score(lines, lines) shouldBe (100.0 plusOrMinus 1e-9)
            Ter.standard().score(lines, lines) shouldBe 0.0
        }

        test("unequal numbers of lines are told with both numbers") {
            shouldThrow<ProblemsException> { Bleu.standard().score(listOf("a", "b"), listOf("a")) }
                .shouldHaveMessage(
                    """
                    BLEU: there are not as many references as hypotheses
                      hypotheses = 2
                      references = 1
                      Give one line of references for each line that was generated, empty lines included.
                    """
                        .trimIndent()
                )
        }

        test("a line without any reference is told by its number") {
            shouldThrow<ProblemsException> {
                    ChrF.standard().scoreAgainstMany(listOf("a", "b"), listOf(listOf("a"), listOf()))
                }
                .shouldHaveMessage(
                    """
                    chrF: a hypothesis has no reference
                      line = 2
                      Give at least one reference for it.
                    """
                        .trimIndent()
                )
        }
    })

private fun vectors(name: String): JsonObject {
    val resource = checkNotNull(SacreBleuSpec::class.java.getResource("/metrics/$name"))
    return Json.parseToJsonElement(resource.readText()).jsonObject
}

private fun JsonObject.cases(name: String): List<JsonObject> = getValue(name).jsonArray.map { it.jsonObject }

private fun JsonElement.strings(): List<String> = jsonArray.map { it.jsonPrimitive.content }

private fun JsonObject.corpus(case: JsonObject): JsonObject =
    cases("corpora")[case.getValue("corpus").jsonPrimitive.int]

private fun JsonObject.hypotheses(): List<String> = getValue("hyps").strings()

private fun JsonObject.expected(): Double = getValue("expected").jsonPrimitive.double

/** sacreBLEU takes a list for each set of references, Heddle one for each line; extra lines are left out by both. */
private fun JsonObject.references(): List<List<String>> {
    val streams: JsonArray = getValue("ref_streams").jsonArray
    return List(hypotheses().size) { line -> streams.map { it.strings()[line] } }
}

private fun JsonObject.bleu(): Bleu {
    val options = getValue("options").jsonObject
    fun flag(name: String) = options[name]?.jsonPrimitive?.boolean ?: false
    val value = options["smooth_value"]?.jsonPrimitive?.double
    val tokenizer =
        when (options["tokenize"]?.jsonPrimitive?.content) {
            "none" -> BleuTokenizer.WHITE_SPACE
            "intl" -> BleuTokenizer.INTERNATIONAL
            "char" -> BleuTokenizer.CHARACTERS
            else -> BleuTokenizer.MTEVAL_13A
        }
    val smoothing =
        when (options["smooth_method"]?.jsonPrimitive?.content) {
            "none" -> Smoothing.None()
            "floor" -> Smoothing.Floor(value ?: 0.1)
            "add-k" -> Smoothing.Add(value ?: 1.0)
            else -> if (flag("raw")) Smoothing.Floor(0.01) else Smoothing.Exponential()
        }
    return Bleu(tokenizer, smoothing, flag("lowercase"), flag("effective_order"), 4)
}
