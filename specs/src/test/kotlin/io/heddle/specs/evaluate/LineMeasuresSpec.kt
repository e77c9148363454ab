package io.heddle.specs.evaluate

import io.heddle.check.ProblemsException
import io.heddle.runtime.evaluate.ErrorRate
import io.heddle.runtime.evaluate.ExactMatch
import io.heddle.runtime.evaluate.Labels
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.checkAll

/** Error rates, exact matches and labels in lines are what their definitions say. */
class LineMeasuresSpec :
    StringSpec({
        val words = ErrorRate.ofWords()
        val characters = ErrorRate.ofCharacters()

        "a word error rate counts what is replaced, missing and too many, over the words of the references" {
            words.score(listOf("the cat sat"), listOf("the cat sat")) shouldBe 0.0
            words.score(listOf("the hat sat on"), listOf("the cat sat")) shouldBe (200.0 / 3 plusOrMinus 1e-12)
            words.score(listOf("sat"), listOf("the cat sat down")) shouldBe 75.0
            words.score(listOf("a b c"), listOf("d")) shouldBe 300.0
            words.score(listOf("The cat."), listOf("the cat")) shouldBe 100.0
        }

        "a corpus is summed before it is divided" {
            words.score(listOf("a", "x b c d"), listOf("b", "a b c d")) shouldBe 40.0
        }

        "a character error rate counts code points, and blanks between words as one" {
            characters.score(listOf("kitten"), listOf("sitting")) shouldBe (300.0 / 7 plusOrMinus 1e-12)
            characters.score(listOf("  a   b "), listOf("a b")) shouldBe 0.0
            characters.score(listOf("ab"), listOf("a b")) shouldBe (100.0 / 3 plusOrMinus 1e-12)
            characters.score(listOf("\uD83D\uDE00"), listOf("\uD83D\uDE01")) shouldBe 100.0
        }

        "without a word in the references all that was written is wrong, and nothing is right" {
            words.score(listOf("a"), listOf(" ")) shouldBe 100.0
            words.score(listOf(""), listOf("")) shouldBe 0.0
            characters.score(listOf(), listOf()) shouldBe 0.0
        }

        "errors are the fewest of all ways to mend what was written" {
            val text = Arb.list(Arb.element("a", "b", "c"), 1..6)
            checkAll(300, text, text) { said, real ->
                words.score(listOf(said.joinToString(" ")), listOf(real.joinToString(" "))) shouldBe
                    (100.0 * fewest(said, real) / real.size plusOrMinus 1e-9)
                characters.score(listOf(said.joinToString("")), listOf(real.joinToString(""))) shouldBe
                    (100.0 * fewest(said, real) / real.size plusOrMinus 1e-9)
            }
        }

        "an exact match is a line with the same words" {
            ExactMatch.score(listOf("a b", " a  b ", "A b", ""), listOf("a b", "a b", "a b", "")) shouldBe 75.0
            ExactMatch.score(listOf(), listOf()) shouldBe 0.0
        }

        "accuracy is of labels, one in a line or several" {
            Labels.read("accuracy", listOf("good", "bad"), listOf("good", "good")).accuracy() shouldBe 50.0
            Labels.read("accuracy", listOf("N V", "N"), listOf("N N", "N")).accuracy() shouldBe
                (200.0 / 3 plusOrMinus 1e-12)
            Labels.read("accuracy", listOf(), listOf()).accuracy() shouldBe 0.0
        }

        "spans are whole entities" {
            val entities = Labels.read("F1", listOf("B-a I-a O B-b", "B-a"), listOf("B-a I-a O O", "B-b")).entities()
            entities.precision() shouldBe (100.0 / 3 plusOrMinus 1e-12)
            entities.recall() shouldBe 50.0
            entities.f1() shouldBe (40.0 plusOrMinus 1e-12)
        }

        "labels that do not belong together are told by their line" {
            shouldThrow<ProblemsException> { Labels.read("accuracy", listOf("a", "a b"), listOf("a", "a b c")) }
                .shouldHaveMessage(
                    """
                    accuracy: a line has not as many labels as its reference
                      line = 2
                      labels = 2
                      in the reference = 3
                      Give one label for each of the reference, with blanks between.
                    """
                        .trimIndent()
                )
        }

        "a tag of another form is told by its line" {
            shouldThrow<ProblemsException> { Labels.read("F1", listOf("O", "O"), listOf("O", "NOUN")).entities() }
                .shouldHaveMessage(
                    """
                    F1: a tag has another form
                      line = 2
                      tag = NOUN
                      Tags mark entities as B-kind, where one begins, I-kind inside and O outside.
                    """
                        .trimIndent()
                )
        }
    })

/** Levenshtein's distance as its recursion says it: the first of either goes, or both do. */
private fun fewest(said: List<String>, real: List<String>): Int =
    when {
        said.isEmpty() -> real.size
        real.isEmpty() -> said.size
        else -> {
            val both = fewest(said.drop(1), real.drop(1)) + if (said[0] == real[0]) 0 else 1
            minOf(both, fewest(said.drop(1), real) + 1, fewest(said, real.drop(1)) + 1)
        }
    }
