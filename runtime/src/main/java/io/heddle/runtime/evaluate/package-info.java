/** Scores that papers report, computed as their reference implementations compute them. */
package io.heddle.runtime.evaluate;
