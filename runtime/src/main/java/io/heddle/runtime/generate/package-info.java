/** Models that write: a cache of what was read, a choice of the next token, a search for the best sequence. */
package io.heddle.runtime.generate;
