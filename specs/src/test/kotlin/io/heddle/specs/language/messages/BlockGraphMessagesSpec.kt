package io.heddle.specs.language.messages

import io.heddle.dsl.RecipeScope
import io.heddle.dsl.blockGraphs
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Given
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Each
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.Self
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What a recipe for graphs gets wrong is told before anything is drawn. */
class BlockGraphMessagesSpec :
    StringSpec({
        fun training(data: Data, describe: RecipeScope.() -> Unit = {}): Recipe = recipe(data, 10, describe)

        fun reader(features: Int, pooling: Pooling, positions: Int = 40): Model =
            model("reader", width = 8) {
                val nodes by
                    vectors(features) {
                        project()
                        learnedPositions(positions)
                    }
                val edges by relation(nodes)
                val encoder by stack(nodes, layers = 1) { attention(heads = 2) { mask = Given(edges.name) or Self } }
                val block by classify(encoder, pooling, classes = 4)
            }

        "numbers of graphs are in their ranges" {
            training(blockGraphs(0, 0, 0, -1, 1, within = 1.5, between = -0.1, signal = -1.0)) shouldTell
                """
                recipe: graphs is not positive
                  graphs = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: validationGraphs is not positive
                  validationGraphs = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: minimumNodes is not positive
                  minimumNodes = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: maximumNodes is less than minimumNodes
                  maximumNodes = -1   from recipe(..., steps = 10)  Here.kt:_
                  Say the fewest nodes of a graph first, then the most.

                recipe: blocks is less than 2
                  blocks = 1   from recipe(..., steps = 10)  Here.kt:_
                  There must be something to tell apart.

                recipe: within is out of range
                  within = 1.5   from recipe(..., steps = 10)  Here.kt:_
                  It must be at least 0 and at most 1.

                recipe: between is out of range
                  between = -0.1   from recipe(..., steps = 10)  Here.kt:_
                  It must be at least 0 and at most 1.

                recipe: signal is out of range
                  signal = -1.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 0 or more.
                """
        }

        "graphs fit into memory, and a batch of them into an array" {
            training(blockGraphs(maximumNodes = 40_000)) { batch(4) } shouldTell
                """
                recipe: batch is too large
                  batch = 4   from batch(4)  Here.kt:_
                  A graph has up to 1600000000 pairs of nodes, and 2000000000 are the most. Say batch(1) or less.

                recipe: the graphs are too large
                  maximumNodes = 40000   from recipe(..., steps = 10)  Here.kt:_
                  All together may have 2000000000 pairs of nodes, and as many features. Say fewer graphs, or smaller ones.
                """
            training(blockGraphs()) { batchTokens(500) } shouldTell ""
        }

        "nothing is written, and no entities are marked" {
            training(blockGraphs()) {
                bleu()
                entities()
                sample("a", tokens = 5)
            } shouldTell
                """
                recipe: sample is not for this data
                  sample = asked for   from sample("a", tokens = 5)  Here.kt:_
                  What learns from it writes nothing. Leave sample() out.

                recipe: bleu is not for this data
                  bleu = Mteval13a   from bleu()  Here.kt:_
                  What learns from it writes nothing. Leave bleu() out.

                recipe: entities is not for this data
                  entities = asked for   from entities()  Here.kt:_
                  It is for taggedWords(...), whose tags mark them. Leave entities() out.
                """
        }

        "the model reads nodes, and has their blocks" {
            training(blockGraphs()).check(reader(4, Each)).shouldBeEmpty()
            training(blockGraphs()).check(blind).shouldBeEmpty()
            training(blockGraphs()).check(reader(9, Mean, positions = 8)) shouldTell
                """
                nodes: there are fewer learned positions than the data is long
                  positions = 8           from vectors(features = 9)    Here.kt:_
                  longest sequence = 40   from recipe(..., steps = 10)  Here.kt:_
                  Say learnedPositions(40), or make the data shorter.

                block: the model has one class for a graph, and its data one for each node
                  pooling = Mean   from classify(encoder, Mean, classes = 4)  Here.kt:_
                  Say that each node has one: classify(encoder, Each, classes = 4).

                nodes: the model reads other features than the data has
                  features = 9               from vectors(features = 9)    Here.kt:_
                  features of the data = 4   from recipe(..., steps = 10)  Here.kt:_
                  Say vectors(features = 4).
                """
            training(blockGraphs(blocks = 3)).check(blind) shouldTell
                """
                block: the model has other classes than the data of its recipe
                  classes = 4               from classify(encoder, Each, classes = 4)  Here.kt:_
                  classes of the data = 3   from recipe(..., steps = 10)               Here.kt:_
                  Say classes = 3.

                nodes: the model reads other features than the data has
                  features = 4               from vectors(features = 4)    Here.kt:_
                  features of the data = 3   from recipe(..., steps = 10)  Here.kt:_
                  Say vectors(features = 3).
                """
            training(blockGraphs()).check(wordReader) shouldTell
                """
                words: the model does not fit the data of its recipe
                  vectors inputs = 0
                  classify = 1
                  This data needs 1 and 1: vectors of nodes, and their blocks.
                """
            training(blockGraphs()).check(twofold) shouldTell
                """
                others: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
        }
    })

private val blind =
    model("blind", width = 8) {
        val nodes by vectors(features = 4) { project() }
        val encoder by stack(nodes, layers = 1) { attention(heads = 2) }
        val block by classify(encoder, Each, classes = 4)
    }

private val wordReader =
    model("words", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val block by classify(encoder, Each, classes = 4)
    }

/** It asks for a second kind of edges, which nobody gives it. */
private val twofold =
    model("twofold", width = 8) {
        val nodes by vectors(features = 4) { project() }
        val edges by relation(nodes)
        val others by relation(nodes)
        val encoder by
            stack(nodes, layers = 1) { attention(heads = 2) { mask = Given(edges.name) or Given(others.name) or Self } }
        val block by classify(encoder, Each, classes = 4)
    }
