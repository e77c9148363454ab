/**
 * Data sets: text and sentence pairs become batches of token ids.
 *
 * <p>What a batch holds depends on (seed, position) alone, so a resumed run reads what an uninterrupted one would have.
 */
package io.heddle.runtime.data;
