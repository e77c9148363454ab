/** How gradients change weights. */
package io.heddle.runtime.train.optimizer;
