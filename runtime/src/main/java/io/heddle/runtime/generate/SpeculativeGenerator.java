package io.heddle.runtime.generate;

import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Lets a model write with a draft: the draft writes some tokens ahead, and the model reads them in one pass and keeps those
 * that it would have written (Leviathan, Kalman and Matias 2023, arXiv 2211.17192, algorithm 1).
 *
 * <p>A token {@code x} of the draft, drawn from its {@code q}, is kept with probability {@code min(1, p(x) / q(x))}, where
 * {@code p} is the model's; in place of the first that is not, one is drawn from {@code max(0, p - q)}, scaled to a sum of 1;
 * where all are kept, one more is drawn from {@code p}. So what is written is distributed as what the model writes alone, and a
 * greedy choice is the same, but for scores so near to each other that reading several tokens at once rounds them otherwise.
 * {@code p} and {@code q} are what decoding and rules leave of each model's scores.
 *
 * <p>What is drawn depends on the seed and on the number of the token alone, by streams of its own: a seed writes another text
 * than it does without a draft. Get one from {@link Generator#drafted}.
 */
public final class SpeculativeGenerator {
    private final RunnableModel model;
    private final Draft draft;
    private final SpeculativeChoice shared;

    SpeculativeGenerator(RunnableModel model, Draft draft, SpeculativeChoice choice) {
        this.model = model;
        this.draft = draft;
        shared = choice;
    }

    /**
     * Goes on after a prompt. Where the model's positions run out, the last tokens are read anew for each token, as without a
     * draft; where the draft's do, it goes on from the last half of what they hold.
     *
     * @param prompt one token or more
     * @param count how many tokens are written at most
     * @param listener is given each token when it is certain: several, one after the other, after each pass
     * @throws io.heddle.check.ProblemsException when a model cannot write token by token, or the rules allow no token
     */
    public Drafted after(int[] prompt, int count, IntConsumer listener) {
        return new Sequence(DecodingSession.of(model, 1), DecodingSession.of(draft.model(), 1), prompt, count, listener)
                .written();
    }

    /**
     * Answers a source, which both models read. Where positions run out, it ends.
     *
     * @param words of the source; none where nothing is copied
     * @param begin the token that every answer begins with
     * @param count how many tokens it may have after it
     * @param listener is given each token when it is certain: several, one after the other, after each pass
     * @throws io.heddle.check.ProblemsException when a model cannot write token by token, the draft has fewer positions than the
     *     source has tokens, or the rules allow no token
     */
    public Drafted from(int[] source, List<SourceWords> words, int begin, int count, IntConsumer listener) {
        draft.requireRead(source);
        List<int[]> sources = List.of(source);
        return new Sequence(
                DecodingSession.over(model, sources, words),
                DecodingSession.over(draft.model(), sources, words),
                new int[] {begin},
                count,
                listener)
                .written();
    }

    /** One sequence that grows. */
    private final class Sequence {
        private final DecodingSession session;
        private final SpeculativeChoice choice;
        private final Settings settings;
        private final DraftWriter ahead;
        private final int start;
        private final int count;
        private final IntConsumer listener;
        private final List<Integer> tokens;

        /** The place in the sequence of the first token that the session holds. */
        private int base;

        private int passes = 0;
        private int tested = 0;
        private int accepted = 0;

        Sequence(DecodingSession session, DecodingSession drafting, int[] prompt, int count, IntConsumer listener) {
            this.session = session;
            choice = shared.over(session.words(0));
            settings = choice.settings();
            ahead = new DraftWriter(drafting, choice);
            start = prompt.length;
            this.count = count;
            this.listener = listener;
            tokens = new ArrayList<>(Arrays.stream(prompt).boxed().toList());
            base = Math.max(0, start - session.limit().orElse(Integer.MAX_VALUE));
        }

        Drafted written() {
            settings.rules().require(count);
            Written.End end = Written.End.COUNT;
            while (tokens.size() - start < count && end == Written.End.COUNT) {
                end = settings.stop().getAsBoolean() ? Written.End.ASKED : step();
            }
            DraftCounts counts = new DraftCounts(passes, tokens.size() - start, tested, accepted);
            return new Drafted(new Written(tokens, 0, end), counts);
        }

        /** Writes the tokens of one pass; {@link Written.End#COUNT} while there may be more. */
        private Written.End step() {
            int limit = session.limit().orElse(Integer.MAX_VALUE);
            if (tokens.size() - base > limit) {
                if (session.readsSource()) {
                    return Written.End.POSITIONS;
                }
                session.reset();
                base = tokens.size() - limit;
            }
            int left = count - (tokens.size() - start) - 1;
            int room = limit - (tokens.size() - base);
            int words = Math.min(draft.words(), Math.min(left, room));
            List<DraftWriter.Proposal> proposals =
                    words == 0 ? List.of() : ahead.propose(tokens, start, words);
            ScoreRows scores = read(proposals);
            passes++;
            Written.End end = judge(proposals, scores);
            // What was refused is forgotten; the last token was not read by either.
            session.shorten(Math.min(session.length(), tokens.size() - 1 - base));
            ahead.keep(tokens.size() - 1);
            return end;
        }

        /** The scores after the newest token, and after each that was proposed, a row for each. */
        private ScoreRows read(List<DraftWriter.Proposal> proposals) {
            int[] unread = tokens.subList(base + session.length(), tokens.size()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (proposals.isEmpty()) {
                return ScoreRows.of(session.read(new int[][] {unread}));
            }
            int before = unread.length - 1;
            if (before > 0) {
                session.read(new int[][] {Arrays.copyOf(unread, before)});
            }
            int[] block = new int[proposals.size() + 1];
            block[0] = unread[before];
            for (int place = 0; place < proposals.size(); place++) {
                block[place + 1] = proposals.get(place).token();
            }
            return ScoreRows.of(session.readEach(new int[][] {block}));
        }

        private Written.End judge(List<DraftWriter.Proposal> proposals, ScoreRows scores) {
            for (int place = 0; place <= proposals.size(); place++) {
                int number = tokens.size() - start;
                double[] known = session.writable(scores.row(place), 0, settings.known());
                TokenDistribution own = choice.distribution(settings.rules().applied(known, tokens, start));
                boolean last = place == proposals.size();
                boolean kept = !last && accepts(own, proposals.get(place), number);
                int token = kept
                        ? proposals.get(place).token()
                        : (last ? own : own.less(proposals.get(place).distribution()))
                                .draw(choice.uniform(SpeculativeChoice.Draw.WRITTEN, number));
                tokens.add(token);
                listener.accept(token);
                Written.End end = settings.endOf(tokens, start, Written.End.COUNT);
                if (end != Written.End.COUNT || !kept) {
                    return end;
                }
            }
            return Written.End.COUNT;
        }

        private boolean accepts(TokenDistribution own, DraftWriter.Proposal proposal, int number) {
            double uniform = choice.uniform(SpeculativeChoice.Draw.ACCEPTED, number);
            int token = proposal.token();
            boolean accepts = uniform * proposal.distribution().probability(token) < own.probability(token);
            tested++;
            accepted += accepts ? 1 : 0;
            return accepts;
        }
    }
}
