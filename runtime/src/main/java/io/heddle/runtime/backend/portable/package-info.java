/**
 * Every op by ND4J's own ops or by plain loops, in float or double: slow, plain, and the measure of every other backend.
 *
 * <p>Only ops that were checked are used. ND4J's norms, losses, dropouts and gelus are wrong in corners or altogether, so
 * they are written out here in products, sums and exponentials.
 */
package io.heddle.runtime.backend.portable;
