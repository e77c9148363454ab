package io.heddle.specs.language

import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import io.heddle.terms.MaskView
import io.heddle.terms.Self
import io.heddle.terms.Sight
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.checkAll

private const val SIZE = 12L

private fun Mask.sees(query: Long, key: Long, size: Long = SIZE): Boolean =
    sight(query, key, MaskView(size)) == Sight.Seen

/** What a mask lets through, as rows of a picture. */
private fun Mask.picture(size: Long = SIZE): List<String> =
    (0 until size).map { query -> (0 until size).joinToString("") { key -> if (sees(query, key, size)) "#" else "." } }

class MaskSpec :
    StringSpec({
        "a mask says what is seen" {
            Causal.picture(4) shouldBe listOf("#...", "##..", "###.", "####")
            Self.picture(4) shouldBe listOf("#...", ".#..", "..#.", "...#")
            Window(1).picture(4) shouldBe listOf("##..", "###.", ".###", "..##")
            (Causal and Window(1)).picture(4) shouldBe listOf("#...", "##..", ".##.", "..##")
            (!Self).picture(3) shouldBe listOf(".##", "#.#", "##.")
            Everything.picture(2) shouldBe listOf("##", "##")
        }

        "a window of nothing is a token alone" { Window(0).picture() shouldBe Self.picture() }

        "and, or and not mean what they say" {
            checkAll(iterations = 200, anyMask, anyMask) { a, b ->
                for (query in 0 until SIZE) {
                    for (key in 0 until SIZE) {
                        (a and b).sees(query, key) shouldBe (a.sees(query, key) && b.sees(query, key))
                        (a or b).sees(query, key) shouldBe (a.sees(query, key) || b.sees(query, key))
                        (!a).sees(query, key) shouldBe !a.sees(query, key)
                    }
                }
            }
        }

        "the laws of an algebra of sets hold" {
            checkAll(iterations = 200, anyMask, anyMask, anyMask) { a, b, c ->
                (a and b).picture() shouldBe (b and a).picture()
                (a or b).picture() shouldBe (b or a).picture()
                ((a and b) and c).picture() shouldBe (a and (b and c)).picture()
                (a and (b or c)).picture() shouldBe ((a and b) or (a and c)).picture()
                (!(a and b)).picture() shouldBe (!a or !b).picture()
                (! !a).picture() shouldBe a.picture()
                (a and Everything) shouldBe a
                (Everything and a) shouldBe a
                (a and a) shouldBe a
                (a or a) shouldBe a
            }
        }

        "a mask is shown in the words that made it" {
            "${Causal and (Window(128) or Self)}" shouldBe "Causal and (Window(128) or Self)"
            "${Causal and Window(3) or Self}" shouldBe "Causal and Window(3) or Self"
            "${!(Causal and Self)}" shouldBe "!(Causal and Self)"
            "${!Self}" shouldBe "!Self"
        }
    })
