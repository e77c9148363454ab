package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.LabelMessages;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;

/**
 * Reads a share of the tokens as if their words were unknown, so that a model learns what to make of words that it has never
 * met, and does not lean on single ones (word dropout: Iyyer et al. 2015, "Deep unordered composition rivals syntactic methods
 * for text classification", section 3.2, which leaves words out; Kiperwasser, Goldberg, arXiv 1603.04351, section 4.3, where
 * they become unknown).
 *
 * <p>Whether token i of batch b is, depends on (seed, epoch, b, i) alone.
 */
public final class WordDropout {
    private final double share;
    private final long seed;
    private final int[] unknown;

    /**
     * Word dropout with this tokenizer's unknown words.
     *
     * @param share how many tokens are drawn, at least 0 and below 1
     * @throws ProblemsException when the tokenizer has no token for unknown words
     */
    public WordDropout(double share, long seed, Tokenizer tokenizer) {
        this.share = share;
        this.seed = seed;
        unknown = new int[tokenizer.vocabularySize()];
        for (int id = 0; id < unknown.length; id++) {
            unknown[id] = tokenizer.unknown(id)
                    .orElseThrow(() -> new ProblemsException(LabelMessages.noUnknownWord(share)));
        }
    }

    /** A batch with ids, a share of which is unknown; its labels stay. */
    Batch drop(Batch known, Position position) {
        IntTensor whole = known.tensor(Batch.IDS);
        int[] lengths = known.tensor(Batch.LENGTHS).values();
        int width = whole.size(1);
        int[] ids = whole.values().clone();
        long stream = Streams.stream("wordDropout/" + position.epoch() + "/" + position.batch());
        for (int place = 0; place < ids.length; place++) {
            boolean real = place % width < lengths[place / width];
            if (real && Philox.uniformDouble(seed, stream, place) < share) {
                ids[place] = unknown[ids[place]];
            }
        }
        return known.with(Batch.IDS, IntTensor.of(ids, whole.shape()));
    }
}
