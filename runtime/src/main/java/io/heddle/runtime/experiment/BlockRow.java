package io.heddle.runtime.experiment;

import java.util.OptionalDouble;

/**
 * What was measured of one block at one step. A block is what a path in the model names, {@code decoder/3/attention}; an
 * input or a head is one, too.
 *
 * @param step from 1; gradients and weights are those before the step's update
 * @param gradientNorm the length of its gradients as one vector, before clipping
 * @param weightNorm the length of its weights as one vector
 * @param updateRatio the length of what the step added to them, divided by that of the weights
 * @param activation the root of the mean square of what the block gives out for the batch that the step learns from, without dropout and
 *     before the update; empty where a block gives out nothing, as one that only holds a table
 */
public record BlockRow(
        long step, String path, double gradientNorm, double weightNorm, double updateRatio,
        OptionalDouble activation) {}
