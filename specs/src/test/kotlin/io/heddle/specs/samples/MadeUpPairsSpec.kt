package io.heddle.specs.samples

import io.heddle.samples.MadeUpPairs
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.relativeTo
import kotlin.io.path.walk

/** The data of samples that is made up is what its program writes. */
class MadeUpPairsSpec :
    StringSpec({
        val data = Path.of("..", "samples", "data")

        "names, spellings and numerals are written again, to the byte" {
            val written = tempdir().toPath()
            MadeUpPairs.main(arrayOf("$written"))
            val files = written.walk().map { it.relativeTo(written) }.toList()
            val kept = listOf("names", "spelling", "numerals").flatMap { data.resolve(it).walk() }
            files shouldContainExactlyInAnyOrder kept.map { it.relativeTo(data) }
            files.forEach { written.resolve(it).readText() shouldBe data.resolve(it).readText() }
        }

        "each letter of a numeral is linked to its digit, and no row that is held out is learned from" {
            val folder = data.resolve("numerals")
            for (part in listOf("train", "dev")) {
                val (sources, targets, links) =
                    listOf("src", "trg", "align").map { kind -> folder.resolve("$part.$kind").readLines() }
                sources.indices.forEach { row ->
                    val digits = sources[row].split(' ').map { it.toInt() }
                    val makers = links[row].split(' ').map { it.substringBefore('-').toInt() }
                    val numerals = digits.indices.associateWith { roman(digits[it]) }
                    targets[row].replace(" ", "") shouldBe numerals.values.joinToString("")
                    makers shouldBe numerals.flatMap { (place, numeral) -> numeral.map { place } }
                    links[row].split(' ').map { it.substringAfter('-').toInt() } shouldBe makers.indices.toList()
                }
            }
            val learned = folder.resolve("train.src").readLines().toSet()
            folder.resolve("dev.src").readLines().count { it in learned } shouldBe 0
        }
    })

/** A digit in Roman numerals: 9 and 4 are one less than the next letter, and 5 begins again. */
private fun roman(digit: Int): String =
    when {
        digit == 9 -> "IX"
        digit == 4 -> "IV"
        else -> "V".repeat(digit / 5) + "I".repeat(digit % 5)
    }
