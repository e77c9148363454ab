package io.heddle.specs.language.generated

import io.heddle.rules.check
import io.kotest.assertions.fail
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import kotlin.random.Random

private val breakages = inputBreakages + partBreakages + headBreakages

/** Of legal models drawn at random, one thing is made wrong at one block: check names that block. */
class BrokenModelsSpec :
    StringSpec({
        "there are many ways to break a model, each with a name of its own" {
            breakages.map { it.name }.distinct().size shouldBeGreaterThan 100
        }

        "1,000 broken models are told to be broken where they are" { broken(0L until 1_000) }

        "10,000 broken models are told to be broken where they are"
            .config(tags = setOf(NamedTag("Long"))) { broken(1_000L until 11_000) }
    })

private fun broken(seeds: LongRange) =
    seeds.forEach { seed ->
        // Each kind in its turn; of what few models have, the next that has it.
        val breakage = breakages[(seed % breakages.size).toInt()]
        val places =
            generateSequence(seed) { it + breakages.size }
                .take(MOST_TRIED)
                .map { breakage.everywhere(model(it)).toList() }
                .firstOrNull { it.isNotEmpty() } ?: fail("No model has what \"${breakage.name}\" breaks.")
        val broken = places.random(Random(seed))
        about(seed, breakage.name, broken.model) {
            val problems = broken.model.check()
            if (problems.none { it.place == broken.block }) fail("\"${broken.block}\" is not told of, only: $problems")
        }
    }

private const val MOST_TRIED = 200
