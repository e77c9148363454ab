package io.heddle.specs.language

import io.heddle.dsl.Given
import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.model.RunnableModel
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.shouldAgree
import io.heddle.terms.Blocks
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.MaskView
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Sight
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** What a mask shows in a head of a layer is what an attention there looks at, in memory for what is seen alone. */
class MaskLayersSpec :
    FunSpec({
        val masks =
            listOf(
                Blocks(2) of (Window(1) or Global(0, -1) or Random(1, seed = 5)),
                PerHead(Random(3, seed = 1), Global(-1)) or Window(1),
            )

        masks.forEach { mask ->
            test("$mask is no table of scores") {
                described(mask).lower(Purpose.Inference).nodes.none { it.op is Op.MaskScores } shouldBe true
            }

            for (setting in Setting.entries) {
                test("$mask shows what its relations say, pair by pair, on $setting") {
                    setting.engine().use { engine ->
                        val expected = run(RunnableModel.initialized(related(), engine, 1), mask)
                        val drawn = run(RunnableModel.initialized(described(mask), engine, 1), null)
                        shouldAgree("next", drawn, Stored(expected), setting.stored32)
                    }
                }
            }
        }
    })

private const val LENGTH = 9
private const val HEADS = 2
private const val LAYERS = 3

private fun described(mask: Mask): Model =
    model("masked", width = 8) {
        val text by tokens(vocab = 11)
        val encoder by
            stack(text, LAYERS) {
                attention(HEADS) { this.mask = mask }
                addNorm()
            }
        val next by logits(encoder)
    }

/** The same, with a relation for each head of each layer. */
private fun related(): Model =
    model("masked", width = 8) {
        val text by tokens(vocab = 11)
        val relations = List(LAYERS) { layer -> List(HEADS) { head -> relation("seen$layer$head", text) } }
        val encoder by
            stack(text, LAYERS) { layer ->
                attention(HEADS) { mask = PerHead(relations[layer].map { Given(it) }) }
                addNorm()
            }
        val next by logits(encoder)
    }

private fun run(model: RunnableModel, shown: Mask?) =
    model.executable(Purpose.Inference).bind(mapOf("batch" to 2L, "text" to LENGTH.toLong())).run {
        setInput("text", IntArray(2 * LENGTH) { it * 7 % 11 })
        setInput(Names.lengths("text"), intArrayOf(LENGTH, LENGTH - 2))
        if (shown != null) {
            for (layer in 0 until LAYERS) for (head in 0 until HEADS) setInput(
                "seen$layer$head",
                List(2) { pairs(shown, head, layer) }.flatten().toIntArray(),
            )
        }
        run()
        output("next").dup()
    }

private fun pairs(mask: Mask, head: Int, layer: Int): List<Int> {
    val view = MaskView(LENGTH.toLong(), LENGTH.toLong(), head, HEADS, layer)
    return List(LENGTH * LENGTH) { at ->
        if (mask.sight((at / LENGTH).toLong(), (at % LENGTH).toLong(), view) == Sight.Seen) 1 else 0
    }
}
