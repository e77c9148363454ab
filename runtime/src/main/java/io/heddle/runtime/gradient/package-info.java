/**
 * Reverse mode from graph to graph: {@link io.heddle.runtime.gradient.Gradients} is the way in, and each other file
 * holds the rules of one group of ops.
 *
 * <p>In the rules' formulas {@code dz} is the gradient of the loss by {@code z}.
 */
package io.heddle.runtime.gradient;
