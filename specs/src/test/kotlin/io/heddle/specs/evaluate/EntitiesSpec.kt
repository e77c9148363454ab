package io.heddle.specs.evaluate

import io.heddle.runtime.evaluate.Entities
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll

/** Entities are counted as the script of the shared task of CoNLL-2003 counts them. */
class EntitiesSpec :
    StringSpec({
        fun counted(vararg sentences: Pair<String, String>) =
            Entities().also { entities ->
                sentences.forEach { (said, real) -> entities.add(said.split(' '), real.split(' ')) }
            }

        fun Entities.told() = listOf(precision(), recall(), f1())

        "an entity is right when its beginning, its end and its kind are" {
            counted("B-a I-a O B-b" to "B-a I-a O B-b").told() shouldBe listOf(100.0, 100.0, 100.0)
            counted("B-a O O B-b" to "B-a I-a O B-b").told() shouldBe listOf(50.0, 50.0, 50.0)
            counted("B-b I-b O O" to "B-a I-a O B-b").told() shouldBe listOf(0.0, 0.0, 0.0)
            counted("O O O B-b" to "B-a I-a O B-b").told() shouldBe listOf(100.0, 50.0, 100.0 * 2 / 3)
            counted("O O" to "O O").told() shouldBe listOf(0.0, 0.0, 0.0)
        }

        "one that ends with its sentence is not one with the next" {
            counted("B-a" to "B-a", "I-a" to "B-a").told() shouldBe listOf(100.0, 100.0, 100.0)
        }

        "any tags are counted as conlleval counts them" {
            val tags = Arb.element("O", "B-a", "I-a", "B-b", "I-b")
            checkAll(500, Arb.list(Arb.pair(tags, tags), 1..30)) { words ->
                val (correct, found, present) = conlleval(words)
                val counted = Entities().also { it.add(words.map { w -> w.first }, words.map { w -> w.second }) }
                counted.precision() shouldBe (share(correct, found) plusOrMinus 1e-9)
                counted.recall() shouldBe (share(correct, present) plusOrMinus 1e-9)
                counted.f1() shouldBe (share(2 * correct, found + present) plusOrMinus 1e-9)
            }
        }
    })

private fun share(part: Int, whole: Int) = if (whole == 0) 0.0 else 100.0 * part / whole

/** As conlleval.pl walks: word by word, with one flag for an entity that is right so far. */
private fun conlleval(words: List<Pair<String, String>>): Triple<Int, Int, Int> {
    var (correct, found, present) = Triple(0, 0, 0)
    var inCorrect = false
    var last = "O" to "O"
    for (now in words + ("O" to "O")) {
        val ends = ends(last.first, now.first) to ends(last.second, now.second)
        if (inCorrect) {
            if (ends.first && ends.second && kind(last.first) == kind(last.second)) {
                inCorrect = false
                correct++
            } else if (ends.first != ends.second || kind(now.first) != kind(now.second)) {
                inCorrect = false
            }
        }
        val starts = starts(last.first, now.first) to starts(last.second, now.second)
        if (starts.first && starts.second && kind(now.first) == kind(now.second)) inCorrect = true
        if (starts.first) found++
        if (starts.second) present++
        last = now
    }
    return Triple(correct, found, present)
}

private fun kind(tag: String) = tag.substringAfter('-', "")

/** `endOfChunk` of conlleval.pl, for tags of B, I and O. */
private fun ends(before: String, now: String): Boolean =
    (before[0] != 'O' && now[0] in "BO") || (before[0] != 'O' && kind(before) != kind(now))

/** `startOfChunk` of conlleval.pl, for tags of B, I and O. */
private fun starts(before: String, now: String): Boolean =
    now[0] == 'B' || (before[0] == 'O' && now[0] == 'I') || (now[0] != 'O' && kind(before) != kind(now))
