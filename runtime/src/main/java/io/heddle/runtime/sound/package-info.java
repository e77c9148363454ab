/** Sound as models hear it: recordings are read, and become log-mel spectrograms. */
package io.heddle.runtime.sound;
