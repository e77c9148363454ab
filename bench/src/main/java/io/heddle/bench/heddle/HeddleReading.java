package io.heddle.bench.heddle;

import io.heddle.bench.contest.Contestant;
import io.heddle.runtime.generate.DecodingSession;
import io.heddle.runtime.model.RunnableModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads tokens after those that were read before, which stay: a prompt at once, or the next token. */
public final class HeddleReading implements Contestant {
    private final DecodingSession session;
    private final int[][] now;
    private final int kept;
    private final long last;

    /**
     * Reads {@code now} after {@code before}, again and again.
     *
     * @param before may be empty
     */
    public HeddleReading(RunnableModel model, int[] before, int[] now, int vocabulary) {
        session = DecodingSession.of(model, 1);
        this.now = new int[][] {now};
        kept = before.length;
        last = vocabulary - 1L;
        if (kept > 0) {
            session.read(new int[][] {before});
        }
    }

    @Override
    public double run() {
        session.shorten(kept);
        INDArray scores = session.read(now);
        return scores.getDouble(0, last);
    }
}
