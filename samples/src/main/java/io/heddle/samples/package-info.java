/** Models to copy, described in Java; the others are scripts in {@code samples}. */
package io.heddle.samples;
