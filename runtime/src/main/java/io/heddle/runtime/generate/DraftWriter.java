package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.List;

/** A draft at work: it writes a few tokens ahead, and forgets those that were refused. */
final class DraftWriter {
    private static final int SHORT = 16;

    private final DecodingSession session;
    private final SpeculativeChoice choice;

    /** The place in the sequence of the first token that the session holds. */
    private int base = 0;

    /** A token that was proposed, and what it was drawn from. */
    record Proposal(int token, TokenDistribution distribution) {}

    DraftWriter(DecodingSession session, SpeculativeChoice choice) {
        this.session = session;
        this.choice = choice;
    }

    /**
     * Writes ahead.
     *
     * @param tokens all that was written, the prompt included
     * @param start how many of them are the prompt's
     * @param most how many may be proposed
     * @return fewer where one ends the sequence, the rules allow none, or positions run out
     */
    List<Proposal> propose(List<Integer> tokens, int start, int most) {
        List<Integer> ahead = new ArrayList<>(tokens);
        List<Proposal> proposals = new ArrayList<>();
        while (proposals.size() < most) {
            int[] unread = unread(ahead);
            if (unread.length == 0) {
                break;
            }
            double[] scores = session.writable(read(unread), 0, choice.settings().known());
            choice.settings().rules().apply(scores, ahead, start);
            if (TokenRules.allowNothing(scores)) {
                break;
            }
            TokenDistribution distribution = choice.distribution(scores);
            int token = distribution.draw(choice.uniform(SpeculativeChoice.Draw.PROPOSED, ahead.size() - start));
            proposals.add(new Proposal(token, distribution));
            ahead.add(token);
            if (choice.settings().endOf(ahead, start, Written.End.COUNT) != Written.End.COUNT) {
                break;
            }
        }
        return proposals;
    }

    /** Forgets what stands behind the first {@code kept} tokens of the sequence. */
    void keep(int kept) {
        if (kept < base) {
            base = 0;
            session.reset();
        }
        session.shorten(Math.min(kept - base, session.length()));
    }

    /**
     * What it has not read; where positions run out, the last half of what they hold is read anew. Nothing where that would
     * tear an answer from its source.
     */
    private int[] unread(List<Integer> tokens) {
        int limit = session.limit().orElse(Integer.MAX_VALUE);
        if (tokens.size() - base > limit) {
            if (session.readsSource()) {
                return new int[0];
            }
            base = tokens.size() - Math.max(1, limit / 2);
            session.reset();
        }
        return tokens.subList(base + session.length(), tokens.size()).stream().mapToInt(Integer::intValue).toArray();
    }

    /** The scores of the token after these. */
    private double[] read(int[] tokens) {
        if (tokens.length == 1 || tokens.length > SHORT) {
            return ScoreRows.of(session.read(new int[][] {tokens})).row(0);
        }
        return ScoreRows.of(session.readEach(new int[][] {tokens})).row(tokens.length - 1L);
    }
}
