package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.recipe.AdamW
import io.heddle.recipe.Decays
import io.heddle.rules.check
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

/** A recipe may name the weights that decay by their paths. */
class DecaysSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        fun recipe(decays: Decays) = smallRecipe(3).copy(optimizer = AdamW(1e-2, weightDecay = 0.5, decays = decays))

        fun lossesWith(decays: Decays): Map<Long, String> {
            val run = tempdir().toPath()
            train(smallDecoder(), recipe(decays), base, run)
            return losses(run)
        }

        test("a pattern is words, * for any word, and ** for any number of words") {
            fun matches(pattern: String, path: String) = Decays.Matching.matches(pattern, path)
            val path = "decoder/0/attention/query/weight"
            listOf("**", "**/weight", "decoder/**", "decoder/*/attention/*/weight", "decoder/**/query/**", path)
                .filterNot { matches(it, path) }
                .shouldBeEmpty()
            listOf("*", "weight", "decoder/*/weight", "**/bias", "decoder/*/attention", "$path/*")
                .filter { matches(it, path) }
                .shouldBeEmpty()
        }

        test("patterns that mean what a preset means train as the preset does, to the bit") {
            lossesWith(Decays.Matching(listOf("**"))) shouldBe lossesWith(Decays.Everything)
            lossesWith(Decays.Matching(listOf("**/weight"))) shouldBe lossesWith(Decays.Matrices)
            lossesWith(Decays.Matching(listOf("**/weight"))) shouldNotBe lossesWith(Decays.Everything)
        }

        test("a pattern that means no weight is told before the first step") {
            shouldThrow<ProblemsException> {
                    train(smallDecoder(), recipe(Decays.Matching(listOf("**/wieght"))), base, tempdir().toPath())
                }
                .message shouldBe
                """
                recipe: no weight is meant by a pattern of those that decay
                  pattern = **/wieght
                  a weight = decoder/norm/bias
                  Write the words of its path, * for any word, ** for any number of words. heddle summary lists the parts.
                """
                    .trimIndent()
        }

        test("what is no pattern is told without looking at a model") {
            recipe(Decays.Matching(listOf("**/weight", "w*", "a//b"))).check().joinToString("\n\n") shouldBe
                """
                recipe: decays is no pattern
                  decays = w*
                  Write words between slashes; * is any word, ** any number of words.

                recipe: decays is no pattern
                  decays = a//b
                  Write words between slashes; * is any word, ** any number of words.
                """
                    .trimIndent()
        }
    })
