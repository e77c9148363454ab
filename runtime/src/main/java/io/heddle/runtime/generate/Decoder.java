package io.heddle.runtime.generate;

import io.heddle.check.ProblemsException;
import io.heddle.lowering.DecodingView;
import io.heddle.recipe.Coverage;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.model.RunnableModel;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A way of decoding, at work: the same for prompts, sources and recordings.
 *
 * @param scorer which of several answers is kept; empty where the model says so itself
 */
record Decoder(RunnableModel model, Decoding decoding, Settings settings, Optional<AnswerScores> scorer) {

    /** Whether it finds several sequences, and which is best only in the end. */
    boolean isSearch() {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> true;
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.Contrastive _,Decoding.AllAtOnce _ -> false;
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /** Whether the model writes all tokens at once, and none after others. */
    boolean writesAtOnce() {
        return model.roles().writesAtOnce();
    }

    /** How many rows are read side by side for each sequence. */
    int rows() {
        return switch (decoding) {
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.AllAtOnce _ -> 1;
            case Decoding.Contrastive contrastive -> contrastive.getCandidates();
            case Decoding.Beam _,Decoding.DiverseBeam _ -> search().rows();
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * A sequence for each start, the best one where several are found.
     *
     * @param starts what each begins with, of one length
     * @param numbers what each is called where something is drawn for it
     * @param listener is given each token of the first; nothing of a search, nor of what is written at once
     */
    List<Written> written(ReadFirst read, List<int[]> starts, int[] numbers, int count, IntConsumer listener) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> searched(read, starts, count).stream()
                    .map(List::getFirst)
                    .toList();
            case Decoding.Contrastive contrastive -> {
                ContrastiveSearch search = new ContrastiveSearch(contrastive, settings);
                DecodingSession session = read.session(model, search.rows(), DecodingView.Vectors.INSTANCE);
                yield search.written(session, starts, count, listener);
            }
            case Decoding.AllAtOnce all -> atOnce(all, ParallelWriter.Scoring.EACH, read, starts, count);
            case Decoding.Greedy _ when writesAtOnce() ->
                    atOnce(new Decoding.AllAtOnce(1, 1), ParallelWriter.Scoring.NONE, read, starts, count);
            case Decoding.Greedy _,Decoding.Sampling _ -> new TokenWriter(decoding, settings)
                    .written(
                            read.session(model, 1, DecodingView.Next.INSTANCE), starts, numbers, count, listener);
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Returns when what scores answers can read all of these, too.
     *
     * @throws ProblemsException with each that is too long for it
     */
    void requireRead(List<int[]> sources) {
        scorer.ifPresent(other -> other.requireRead(sources));
    }

    private List<Written> atOnce(
            Decoding.AllAtOnce all, ParallelWriter.Scoring scoring, ReadFirst read, List<int[]> starts, int count) {
        return switch (read) {
            case ReadFirst.Sources sources -> {
                requireRead(sources.sources());
                yield ParallelWriter.of(model, all, settings.end(), settings.known(), scorer, scoring)
                        .from(sources.sources(), starts.getFirst()[0], count);
            }
            case ReadFirst.Nothing _,ReadFirst.Sounds _ -> throw new IllegalStateException(
                    "A model that writes all words at once answers a source of tokens, and goes on after none.");
        };
    }

    /**
     * All sequences that a search finds for each start, the best one first.
     *
     * @param starts what each begins with, of one length
     * @throws IllegalArgumentException when the decoding is no search
     */
    List<List<Written>> searched(ReadFirst read, List<int[]> starts, int count) {
        BeamSearch search = search();
        DecodingSession session = read.session(model, search.rows(), view());
        settings.rules().require(count);
        int asked = starts.getFirst().length + count;
        int longest = session.readsSource() ? Math.min(asked, session.limit().orElse(Integer.MAX_VALUE)) : asked;
        Written.End atLongest = longest < asked ? Written.End.POSITIONS : Written.End.COUNT;
        return search.search(session, starts, longest, atLongest);
    }

    private BeamSearch search() {
        BeamShape shape = switch (decoding) {
            case Decoding.Beam beam ->
                    new BeamShape(beam.getSize(), 1, 0, beam.getLengthPenalty(), coverage(beam));
            case Decoding.DiverseBeam beam -> new BeamShape(
                    beam.getSize(), beam.getGroups(), beam.getDiversity(), beam.getLengthPenalty(), Optional.empty());
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.Contrastive _,Decoding.AllAtOnce _ ->
                    throw new IllegalArgumentException(decoding + " finds one sequence. Say Decoding.Beam.");
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
        return new BeamSearch(shape, settings);
    }

    private Optional<SourceCoverage> coverage(Decoding.Beam beam) {
        return switch (beam.getCoverage()) {
            case Coverage.None _ -> Optional.empty();
            case Coverage.Penalty penalty -> Optional.of(SourceCoverage.of(model.model(), penalty));
        };
    }

    /** What a search reads beside scores. */
    private DecodingView view() {
        return decoding instanceof Decoding.Beam beam && beam.getCoverage() instanceof Coverage.Penalty penalty
                ? new DecodingView.Weights(List.of(SourceCoverage.place(model.model(), penalty)))
                : DecodingView.Next.INSTANCE;
    }

    private static IllegalArgumentException restrictedTwice(Decoding.Restricted nested) {
        return new IllegalArgumentException("Rules stand in one list: " + nested);
    }
}
