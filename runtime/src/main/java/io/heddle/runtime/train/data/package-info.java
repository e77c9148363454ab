/** The data of a recipe, ready for the model that it trains. */
package io.heddle.runtime.train.data;
