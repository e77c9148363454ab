package io.heddle.dsl

import io.heddle.recipe.Data
import kotlin.jvm.JvmSynthetic

/**
 * Graphs of a stochastic block model with noisy features, drawn by Heddle itself; the model says of each node which of
 * the [blocks] it is of.
 *
 * @param within how likely an edge joins two nodes of one block
 * @param between how likely it joins two of different blocks
 * @param signal how much greater the feature of a node's own block is than the others, which have a deviation of 1
 */
@JvmSynthetic
public fun blockGraphs(
    graphs: Int = 2_000,
    validationGraphs: Int = 200,
    minimumNodes: Int = 20,
    maximumNodes: Int = 40,
    blocks: Int = 4,
    within: Double = 0.5,
    between: Double = 0.05,
    signal: Double = 1.0,
    seed: Long = 42,
): Data = Data.BlockGraphs(graphs, validationGraphs, minimumNodes, maximumNodes, blocks, within, between, signal, seed)
