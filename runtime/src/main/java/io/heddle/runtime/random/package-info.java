/**
 * Randomness by counting: every draw is a pure function of (seed, stream, index).
 *
 * <p>Nothing here has state, so a resumed run draws what an uninterrupted one draws, and any number of threads draw the
 * same values in any order. One generator, {@link io.heddle.runtime.random.Philox}, serves everything.
 */
package io.heddle.runtime.random;
