package io.heddle.specs.data

import io.heddle.runtime.data.EmptySides
import io.heddle.runtime.data.PairFiles
import io.heddle.runtime.data.PairText
import io.heddle.runtime.data.ReverseTask
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

private fun Path.pairs(part: String): PairText =
    PairText.read(PairFiles.TwoFiles(resolve("$part.src"), resolve("$part.trg")), EmptySides.REFUSE)

private fun numbers(sentence: String): List<Int> = sentence.split(" ").map { it.toInt() }

class ReverseTaskSpec :
    StringSpec({
        val folder = folder()
        ReverseTask.ofSeed(42).write(folder)

        "it writes six files of JoeyNMT's sizes" {
            folder.listDirectoryEntries().map { it.name }.sorted() shouldBe
                listOf("dev.src", "dev.trg", "test.src", "test.trg", "train.src", "train.trg")
            listOf("train", "dev", "test").map { folder.pairs(it).pairs().size } shouldBe listOf(50_000, 1_000, 1_000)
        }

        "every target is its source backwards" {
            listOf("train", "dev", "test").forEach { part ->
                folder.pairs(part).pairs().all { numbers(it.target) == numbers(it.source).reversed() } shouldBe true
            }
        }

        "lengths and symbols are drawn alike, up to 25 in training and 30 in the others" {
            val sentences = folder.pairs("train").sources().map { numbers(it) }
            val lengths = sentences.groupingBy { it.size }.eachCount()
            lengths.keys shouldBe (1..25).toSet()
            lengths.values.forAll { it.toDouble() shouldBe (2_000.0 plusOrMinus 250.0) }
            val symbols = sentences.flatten().groupingBy { it }.eachCount()
            symbols.keys shouldBe (0..49).toSet()
            symbols.values.forAll { it.toDouble() shouldBe (13_000.0 plusOrMinus 650.0) }
            listOf("dev", "test").forEach { part ->
                folder.pairs(part).sources().map { numbers(it).size }.toSet() shouldBe (1..30).toSet()
            }
        }

        "what is held out is as long as what is learned, where nothing longer is asked for" {
            val place = folder()
            ReverseTask(200, 200, 200, 50, 4, 1, 0).write(place)
            listOf("train", "dev", "test").forEach { part ->
                place.pairs(part).sources().map { numbers(it).size }.toSet() shouldBe (1..4).toSet()
            }
        }

        "the seed alone decides what is written" {
            fun small(seed: Long): String {
                val place = folder()
                ReverseTask(20, 5, 5, 50, 25, seed, 5).write(place)
                return place.listDirectoryEntries().sorted().joinToString("\n") { it.readText() }
            }
            small(1) shouldBe small(1)
            (small(1) == small(2)) shouldBe false
        }
    })
