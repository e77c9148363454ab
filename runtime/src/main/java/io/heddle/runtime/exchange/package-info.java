/** Weights of other programs: how they call and lay out what Heddle calls by its path. */
package io.heddle.runtime.exchange;
