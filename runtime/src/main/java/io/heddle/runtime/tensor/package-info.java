/** Memory and its shapes: what every other part of the engine reads and writes. */
package io.heddle.runtime.tensor;
