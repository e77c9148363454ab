package io.heddle.specs.describe

import io.heddle.describe.cost
import io.heddle.describe.equations
import io.heddle.describe.summary
import io.heddle.json.ModelJson
import io.heddle.script.DescribedChecks
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.shouldBe

/** Every architecture of the zoo: its published size, and its summary, equations and JSON as they were found right. */
class ZooSpec :
    StringSpec({
        val published =
            mapOf(
                "bert-base-body" to 109_482_240L, // bert-base-uncased with its pooler
                "gpt2" to 124_439_808L,
                "vit-base" to 86_567_656L, // torchvision's vit_b_16
                "t5-small" to 60_506_624L,
                "swin-tiny" to 28_288_354L, // torchvision's swin_t
                "clip-vit-b-32" to 151_277_313L,
                "llama-3-8b" to 8_030_261_248L,
                "bart-base" to 139_420_416L,
                "transformer-base" to 63_082_496L, // "65 million" in the paper's table 3
            )

        published.forEach { (name, count) ->
            "$name has the published $count weights" { Zoo.model(name).cost().trained.toLong() shouldBe count }
        }

        "check counts the weights that the summary counts" {
            Zoo.models.forEach { model ->
                withClue(model.name) {
                    DescribedChecks.parameters(model) shouldBe model.cost().run { trained + fixed }.toLong()
                }
            }
        }

        "models have names of their own" { Zoo.models.map { it.name }.shouldBeUnique() }

        Zoo.models.forEach { model ->
            "${model.name} is told as it was" {
                GoldenTexts.check("zoo/${model.name}.summary.txt", model.summary() + "\n")
                GoldenTexts.check("zoo/${model.name}.equations.txt", model.equations().text() + "\n")
                GoldenTexts.check("zoo/${model.name}.json", ModelJson.write(model))
            }
        }
    })
