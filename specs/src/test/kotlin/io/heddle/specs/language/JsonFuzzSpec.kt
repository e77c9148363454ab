package io.heddle.specs.language

import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.property.RandomSource
import kotlin.random.Random

/** Whatever a document holds, it is a model or is told to be wrong; nothing else ever happens. */
class JsonFuzzSpec :
    StringSpec({
        "a document changed at random is a legal model, or is told to be wrong" { changed(rounds = 400, seed = 2026) }

        "any of 10,000 documents changed at random is"
            .config(tags = setOf(NamedTag("Long"))) { changed(rounds = 10_000, seed = 7) }
    })

private fun changed(rounds: Int, seed: Int) {
    val random = Random(seed)
    var legal = 0
    var refused = 0
    repeat(rounds) { round ->
        val written = ModelJson.write(anyModel.sample(RandomSource.seeded(round.toLong())).value)
        val text = (1..random.nextInt(1, 4)).fold(written) { text, _ -> mutated(text, random) }
        withClue({ "round $round:\n$text" }) {
            try {
                val model = ModelJson.read(text, "fuzz.json")
                Purpose.entries.forEach { purpose -> lowered { model.lower(purpose) } }
                ModelJson.read(ModelJson.write(model), "again.json")
                legal++
            } catch (_: ProblemsException) {
                refused++
            }
        }
    }
    legal shouldBeGreaterThan rounds / 50
    refused shouldBeGreaterThan rounds / 5
}

private fun lowered(lower: () -> Unit) {
    try {
        lower()
    } catch (_: ProblemsException) {
        // Legal, but not for this purpose.
    }
}

private val values =
    listOf(
        "0",
        "-1",
        "1",
        "2",
        "7",
        "2147483647",
        "-2147483648",
        "1e400",
        "0.5",
        "null",
        "true",
        "\"none\"",
        "\"encoder\"",
        "\"next\"",
        "\"loss\"",
        "\"\"",
        "{}",
        "[]",
        "{\"type\": \"none\"}",
    )

private val valueOfKey = Regex("(?<=\": )(-?[0-9.E-]+|\"[^\"]*\"|true|false)")

private fun mutated(text: String, random: Random): String {
    if (text.length < 4) return text
    val at = random.nextInt(text.length)
    val length = random.nextInt(1, 4)
    return when (random.nextInt(8)) {
        0 -> text.removeRange(at, minOf(text.length, at + length))
        1 -> text.substring(0, at) + "{}[],:\"\\0-eE\u0000\ud800 nul".random(random) + text.substring(at)
        2 -> text.substring(0, at)
        3 -> withoutLine(text, random)
        else -> withOtherValue(text, random)
    }
}

private fun withoutLine(text: String, random: Random): String {
    val lines = text.lines()
    val gone = random.nextInt(lines.size)
    return lines.filterIndexed { index, _ -> index != gone }.joinToString("\n")
}

private fun withOtherValue(text: String, random: Random): String {
    val found = valueOfKey.findAll(text).toList()
    if (found.isEmpty()) return text
    val old = found.random(random)
    val new = if (random.nextBoolean()) values.random(random) else found.random(random).value
    return text.replaceRange(old.range, new)
}
