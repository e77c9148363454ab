package io.heddle.specs.language.messages

import io.heddle.dsl.ClassifyScope
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.labelledTexts
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.taggedWords
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Mean

internal val letters = text("letters.txt", context = 16)

internal fun training(data: Data = letters, steps: Int = 10, describe: RecipeScope.() -> Unit = {}): Recipe =
    recipe(data, steps, describe)

internal fun decoder(positions: Int, causal: Boolean): Model =
    model("lm", width = 8) {
        val text by tokens(vocab = 5) { learnedPositions(positions) }
        val decoder by stack(text, layers = 2) { attention(heads = 2) { if (causal) causal() } }
        val next by logits(decoder)
    }

internal fun translator(positions: Int, causal: Boolean = true): Model =
    model("nmt", width = 8) {
        val source by tokens(vocab = 20) { learnedPositions(positions) }
        val target by tokens(vocab = 20) { learnedPositions(positions) }
        val encoder by stack(source, layers = 1) { attention(heads = 2) }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { if (causal) causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val next by logits(decoder)
    }

internal val opinions = labelledTexts("train.tsv", "dev.tsv", listOf("good", "bad"))
internal val nouns = taggedWords("train.tsv", "dev.tsv", listOf("NOUN", "O"))

/** What keeps its experts busy is no label of anything. */
internal fun routedJudge(pooling: Pooling): Model =
    model("judge", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { experts(count = 2, topK = 1) { feedForward(8) } }
        val label by classify(encoder, pooling, classes = 2)
        objective {
            crossEntropy(label)
            loadBalance("encoder/*/experts")
        }
    }

internal fun judge(pooling: Pooling, classes: Int, say: ClassifyScope.() -> Unit = {}): Model =
    model("judge", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, pooling, classes, say)
    }

/** It writes words, too, which nobody gives it labels for. */
internal val guesser =
    model("guesser", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, Mean, classes = 2)
        val guess by logits(encoder)
    }
