package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch

/** Blocks of graphs are learned from the command line. */
class BlockGraphsVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file(
            "graphs.model.kts",
            """
            val graphs = model("graphs", width = 8) {
                val nodes by vectors(features = 2) { project() }
                val joined by relation(nodes)
                val encoder by stack(nodes, layers = 1) {
                    attention(heads = 2) { mask = Given(joined) or Self }
                    addNorm()
                }
                val block by classify(encoder, Each, classes = 2)
            }
            val data = blockGraphs(graphs = 20, validationGraphs = 5, minimumNodes = 6, maximumNodes = 6, blocks = 2)
            val training = recipe(data, steps = 4) { batchTokens(30) }
            """
                .trimIndent(),
        )

        "training tells accuracy, and there is no file to evaluate" {
            val trained = desk.heddle("train", "graphs.model.kts", "--out", "./graphs")
            trained.out.lines()[1] shouldBe "20 graphs to learn from, 5 held out, with 120 and 30 nodes"
            trained.out.lines()[3] shouldMatch Regex("step 1   validation loss \\d\\.\\d{3}   accuracy \\d+\\.\\d %")
            desk.heddle("evaluate", "./graphs", "--data", "graphs.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    graphs: it learned from graphs that Heddle draws, and reads no file
                      The last evaluation of its training is in graphs/metrics.csv.

                    """
                        .trimIndent(),
                )
        }
    })
