/** From a model, a recipe and data to trained weights. */
package io.heddle.runtime.train;
