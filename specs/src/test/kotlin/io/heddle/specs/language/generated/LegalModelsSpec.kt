package io.heddle.specs.language.generated

import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.json.ModelJson
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.rules.check
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** Legal models drawn at random, of any words that the language has. */
class LegalModelsSpec :
    StringSpec({
        "250 legal models are read back, and lower to legal graphs" { legal(0L until 250) }

        "10,000 legal models are read back, and lower to legal graphs"
            .config(tags = setOf(NamedTag("Long"))) { legal(250L until 10_250) }
    })

private fun legal(seeds: LongRange) =
    seeds.forEach { seed ->
        val model = model(seed)
        about(seed, "legal", model) {
            model.check().shouldBeEmpty()
            val written = ModelJson.write(model)
            val read = ModelJson.read(written, "generated.json")
            read shouldBe model
            ModelJson.write(read) shouldBe written
            read.check().shouldBeEmpty()
            val streams = model.lower(Purpose.Training).streams()
            streams.distinct() shouldBe streams
            model.lower(Purpose.Evaluation)
            model.lower(Purpose.Inference)
        }
    }

/** What names the random numbers of a graph: no two draw the same. */
private fun Graph.streams(): List<String> =
    nodes.mapNotNull { node ->
        when (val op = node.op) {
            is Op.Dropout -> op.stream
            is Op.Attention -> op.kind.stream.takeIf { op.kind.dropout > 0.0 }
            else -> null
        }
    }
