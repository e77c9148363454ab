package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.lowering.DecodingView;
import io.heddle.lowering.Purpose;
import io.heddle.recipe.Coverage;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.DecodingRule;
import io.heddle.rules.DecodingChecks;
import io.heddle.rules.Writing;
import io.heddle.rules.Writings;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.DecodingMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.sound.Spectrogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Lets a model write, token by token.
 *
 * <p>Greedy, drawing and contrastive decoding stream: a listener is given each token as it is written. A beam search cannot,
 * as the best sequence is known in the end, nor a model that writes all tokens at once: their tokens are given then. All
 * that write one token after the other end when they are asked to, see {@link #until}.
 */
public final class Generator {
    private final RunnableModel model;
    private final Decoding decoding;
    private final Settings settings;
    private final Optional<AnswerScores> scorer;

    /**
     * A generator.
     *
     * @param end the token that ends a sequence; empty for none
     * @param seed decides what is drawn
     * @throws IllegalArgumentException when the decoding has rules with texts: these need a tokenizer
     * @throws ProblemsException when the model cannot write by this decoding
     */
    public Generator(RunnableModel model, Decoding decoding, OptionalInt end, long seed) {
        this(model, way(model, decoding),
                new Settings(rules(decoding, Optional.empty()), end, Integer.MAX_VALUE, seed, () -> false),
                Optional.empty());
    }

    private Generator(
            RunnableModel model, Decoding decoding, Settings settings, Optional<AnswerScores> scorer) {
        this.scorer = scorer;
        this.model = model;
        this.decoding = decoding;
        this.settings = settings;
        if (!settings.rules().required().isEmpty() && !isSearch()) {
            throw new IllegalArgumentException("Required words are for a beam, and not for " + decoding + ".");
        }
    }

    /**
     * A generator that writes the tokens of a tokenizer alone: what else a padded vocabulary has is never chosen.
     *
     * @param tokenizer of what is written
     * @param seed decides what is drawn
     * @throws ProblemsException when the model cannot write by this decoding
     */
    public static Generator of(RunnableModel model, Decoding decoding, Tokenizer tokenizer, long seed) {
        Settings settings = new Settings(
                rules(decoding, Optional.of(tokenizer)),
                tokenizer.specialIds().end(),
                tokenizer.vocabularySize(),
                seed,
                () -> false);
        return new Generator(model, way(model, decoding), settings, Optional.empty());
    }

    /**
     * The same generator, which writes no token that this function does not allow; its decoding's rules hold, too.
     *
     * @throws IllegalStateException when the model writes all tokens at once: none follows others
     */
    public Generator allowing(AllowedTokens allowed) {
        if (writesAtOnce()) {
            throw new IllegalStateException("All tokens are written at once, and none after those that were.");
        }
        return new Generator(model, decoding, settings.with(settings.rules().and(allowed)), scorer);
    }

    /**
     * The same generator of a model that writes all words at once, whose answers of several lengths are scored by another model,
     * which writes word by word: noisy parallel decoding (Gu et al. 2018, arXiv 1711.02281). All are read side by side,
     * once, and the likeliest is kept; its score is {@code log p(answer | source)}, the end token included.
     *
     * @param other with the same tokens
     * @throws ProblemsException when the model does not write all words at once, writes one length alone, or the other does not
     *     answer sources word by word
     */
    public Generator scoredBy(RunnableModel other) {
        int lengths = decoding instanceof Decoding.AllAtOnce all ? all.getLengths() : 1;
        if (!writesAtOnce() || lengths == 1) {
            throw new ProblemsException(DecodingMessages.nothingToScore(model.model().getName()));
        }
        boolean answers = ModelRoles.find(other.model())
                .filter(roles -> roles.read().isPresent() && !roles.writesAtOnce() && roles.copied().isEmpty())
                .isPresent();
        if (!answers) {
            throw new ProblemsException(DecodingMessages.scorerAnswersNothing(other.model().getName()));
        }
        return new Generator(model, decoding, settings, Optional.of(new AnswerScores(other)));
    }

    /**
     * The same generator, which ends when it is asked to: what was written until then is all, and {@link Written.End#ASKED} says
     * why. A search gives the best that it has found; what writes all tokens at once has nothing to end.
     *
     * @param stop asked before each token, from the thread that writes
     */
    public Generator until(BooleanSupplier stop) {
        return new Generator(model, decoding, settings.with(stop), scorer);
    }

    /**
     * The same model with a draft that writes ahead of it.
     *
     * @throws IllegalArgumentException when the decoding is neither greedy nor drawing
     * @throws ProblemsException when the draft does not fit the model
     */
    public SpeculativeGenerator drafted(Draft draft) {
        switch (decoding) {
            case Decoding.Greedy _,Decoding.Sampling _ -> {}
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.Contrastive _,Decoding.AllAtOnce _,Decoding.Restricted _ ->
                    throw new IllegalArgumentException("A draft is for greedy decoding or drawing, and not for "
                            + decoding + ".");
        }
        draft.requireFits(model.model());
        return new SpeculativeGenerator(model, draft, new SpeculativeChoice(decoding, settings));
    }

    private boolean isSearch() {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> true;
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.Contrastive _,Decoding.AllAtOnce _ -> false;
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    private static Decoding way(RunnableModel model, Decoding decoding) {
        List<Problem> problems = DecodingChecks.check(decoding, model.model());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return decoding instanceof Decoding.Restricted restricted ? restricted.getWay() : decoding;
    }

    private static TokenRules rules(Decoding decoding, Optional<Tokenizer> tokenizer) {
        List<DecodingRule> said =
                decoding instanceof Decoding.Restricted restricted ? restricted.getRules() : List.of();
        return TokenRules.of(said, tokenizer);
    }

    /** How many rows are read side by side for each sequence: what memory and time grow with. */
    public int rows() {
        return switch (decoding) {
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.AllAtOnce _ -> 1;
            case Decoding.Contrastive contrastive -> contrastive.getCandidates();
            case Decoding.Beam _,Decoding.DiverseBeam _ -> search().rows();
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Goes on after a prompt. Where positions run out, the last tokens are read anew from position 0; a search ends there.
     *
     * @param prompt one token or more
     * @param count how many tokens are written at most
     * @param listener is given each token as it is written; those of a beam search when it is done
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public Written after(int[] prompt, int count, IntConsumer listener) {
        if (isSearch()) {
            Written best = best(prompt, count).getFirst();
            best.tokens().stream().skip(prompt.length).forEach(listener::accept);
            return best;
        }
        return alike(List.of(prompt), new int[1], count, listener).getFirst();
    }

    /**
     * Goes on after each of several prompts, which may be of different lengths: those of one length side by side. Each gives what
     * it gives alone; what is drawn for a prompt depends on its place in the list, and on no other prompt.
     *
     * @param prompts of one token or more each
     * @param count how many tokens are written at most after each
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public List<Written> afterEach(List<int[]> prompts, int count) {
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int place = 0; place < prompts.size(); place++) {
            byLength.computeIfAbsent(prompts.get(place).length, _ -> new ArrayList<>()).add(place);
        }
        Written[] all = new Written[prompts.size()];
        byLength.values().forEach(places -> {
            List<int[]> alike = places.stream().map(prompts::get).toList();
            int[] numbers = places.stream().mapToInt(Integer::intValue).toArray();
            List<Written> written = alike(alike, numbers, count, _ -> {});
            for (int row = 0; row < numbers.length; row++) {
                all[numbers[row]] = written.get(row);
            }
        });
        return List.of(all);
    }

    /** Goes on after prompts of one length. */
    private List<Written> alike(List<int[]> prompts, int[] numbers, int count, IntConsumer listener) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> bestOf(bestAfterEach(prompts, count));
            case Decoding.Contrastive contrastive -> {
                ContrastiveSearch search = new ContrastiveSearch(contrastive, settings);
                int rows = prompts.size() * search.rows();
                var session = DecodingSession.of(model, rows, DecodingView.Vectors.INSTANCE);
                yield search.written(session, prompts, count, listener);
            }
            case Decoding.Greedy _,Decoding.Sampling _ -> new TokenWriter(decoding, settings)
                    .written(DecodingSession.of(model, prompts.size()), prompts, numbers, count, listener);
            case Decoding.AllAtOnce _ -> throw answersAlone();
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * The best sequences after a prompt that a beam search has found, the best one first: as many as its beam, if there are.
     *
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<Written> best(int[] prompt, int count) {
        return bestAfterEach(List.of(prompt), count).getFirst();
    }

    private List<List<Written>> bestAfterEach(List<int[]> prompts, int count) {
        BeamSearch search = search();
        return searched(
                search, DecodingSession.of(model, prompts.size() * search.rows(), view()), prompts, count);
    }

    /**
     * The best answers to a source that a beam search has found, the best one first: as many as its beam, if there are.
     *
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<Written> bestFrom(int[] source, int begin, int count) {
        return bestFrom(source, List.of(), begin, count);
    }

    /**
     * The same of a model that may copy words of its source.
     *
     * @param words of the source; none where nothing is copied
     */
    public List<Written> bestFrom(int[] source, List<SourceWords> words, int begin, int count) {
        return bestFromEach(List.of(source), words, begin, count).getFirst();
    }

    /**
     * The best answers to each of several sources, whose beams are searched side by side; each gives what it gives alone.
     *
     * @param words of each source; none where nothing is copied
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<List<Written>> bestFromEach(List<int[]> sources, List<SourceWords> words, int begin, int count) {
        BeamSearch search = search();
        DecodingSession session = DecodingSession.over(
                model, repeated(sources, search.rows()), repeated(words, search.rows()), view());
        return searched(search, session, Collections.nCopies(sources.size(), new int[] {begin}), count);
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

    private static <T> List<T> repeated(List<T> each, int times) {
        return each.stream().flatMap(one -> Collections.nCopies(times, one).stream()).toList();
    }

    private static List<Written> bestOf(List<List<Written>> found) {
        return found.stream().map(List::getFirst).toList();
    }

    /**
     * Writes a sequence for each source, all side by side; each gives what it gives alone. Where positions run out, it ends:
     * without its beginning, what was written does not tell how far the source has been answered.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public List<Written> from(List<int[]> sources, int begin, int count) {
        return from(sources, List.of(), begin, count);
    }

    /**
     * The same of a model that may copy words of its sources: tokens behind the vocabulary are theirs.
     *
     * @param words of each source; none where nothing is copied
     */
    public List<Written> from(List<int[]> sources, List<SourceWords> words, int begin, int count) {
        return from(
                sources, words, begin, count, IntStream.range(0, sources.size()).toArray(), _ -> {});
    }

    /**
     * The same for one source, whose tokens are listened to.
     *
     * @param words of the source; none where nothing is copied
     * @param listener is given each token as it is written; those of a beam search when it is done
     */
    public Written from(int[] source, List<SourceWords> words, int begin, int count, IntConsumer listener) {
        boolean streams = !isSearch() && !writesAtOnce();
        IntConsumer writing = streams ? listener : _ -> {};
        Written written = from(List.of(source), words, begin, count, new int[1], writing).getFirst();
        if (!streams) {
            written.tokens().stream().skip(1).forEach(listener::accept);
        }
        return written;
    }

    /**
     * The same, where more is said.
     *
     * @param numbers what sources are called where something is drawn for them
     * @param listener is given each token of the first; nothing of a beam search
     */
    List<Written> from(
            List<int[]> sources,
            List<SourceWords> words,
            int begin,
            int count,
            int[] numbers,
            IntConsumer listener) {
        List<int[]> starts = Collections.nCopies(sources.size(), new int[] {begin});
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> bestOf(bestFromEach(sources, words, begin, count));
            case Decoding.Contrastive contrastive -> {
                ContrastiveSearch search = new ContrastiveSearch(contrastive, settings);
                DecodingSession session = DecodingSession.over(
                        model,
                        repeated(sources, search.rows()),
                        repeated(words, search.rows()),
                        DecodingView.Vectors.INSTANCE);
                yield search.written(session, starts, count, listener);
            }
            case Decoding.AllAtOnce all -> atOnce(all).from(sources, begin, count);
            case Decoding.Greedy _ when writesAtOnce() ->
                    atOnce(new Decoding.AllAtOnce(1, 1)).from(sources, begin, count);
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                DecodingSession session = DecodingSession.over(model, sources, words);
                yield new TokenWriter(decoding, settings).written(session, starts, numbers, count, listener);
            }
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    private ParallelWriter atOnce(Decoding.AllAtOnce all) {
        return ParallelWriter.of(model, all, settings.end(), settings.known(), scorer);
    }

    /**
     * Goes on, for each source, behind tokens that are written already, all side by side. What is drawn for a source depends on
     * its place in the list.
     *
     * @param starts the begin token and what follows it, equally many tokens for each source
     * @param count how many tokens each may have after them
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     * @throws IllegalArgumentException when the decoding is a search, or writes all at once
     */
    public List<Written> behind(List<int[]> sources, List<int[]> starts, int count) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.Contrastive _,Decoding.AllAtOnce _ ->
                    throw new IllegalArgumentException(decoding + " goes on behind nothing. Say Greedy or Sampling.");
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                int[] numbers = IntStream.range(0, sources.size()).toArray();
                yield new TokenWriter(decoding, settings)
                        .written(DecodingSession.over(model, sources), starts, numbers, count, _ -> {});
            }
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Writes what is said in each recording, all side by side; a beam search finds the best for one after the other.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public List<Written> hearing(List<Spectrogram> sounds, int begin, int count) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> sounds.stream()
                    .map(sound -> bestHearing(sound, begin, count).getFirst())
                    .toList();
            case Decoding.Contrastive contrastive -> {
                ContrastiveSearch search = new ContrastiveSearch(contrastive, settings);
                DecodingSession session = DecodingSession.hearing(
                        model, repeated(sounds, search.rows()), DecodingView.Vectors.INSTANCE);
                List<int[]> starts = Collections.nCopies(sounds.size(), new int[] {begin});
                yield search.written(session, starts, count, _ -> {});
            }
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                List<int[]> starts = Collections.nCopies(sounds.size(), new int[] {begin});
                int[] numbers = IntStream.range(0, sounds.size()).toArray();
                yield new TokenWriter(decoding, settings)
                        .written(DecodingSession.hearing(model, sounds), starts, numbers, count, _ -> {});
            }
            case Decoding.AllAtOnce _ -> throw new IllegalStateException(
                    model.executable(Purpose.Filling).graph() + " foretells how many words are heard.");
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * What a beam search has found to be said in a recording, the best one first: as many as its beam, if there are.
     *
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<Written> bestHearing(Spectrogram sound, int begin, int count) {
        BeamSearch search = search();
        DecodingSession session =
                DecodingSession.hearing(model, Collections.nCopies(search.rows(), sound), view());
        return searched(search, session, List.of(new int[] {begin}), count).getFirst();
    }

    /** @param starts of one length */
    private List<List<Written>> searched(BeamSearch search, DecodingSession session, List<int[]> starts, int count) {
        settings.rules().require(count);
        int asked = starts.getFirst().length + count;
        int longest = Math.min(asked, session.limit().orElse(Integer.MAX_VALUE));
        Written.End atLongest = longest < asked ? Written.End.POSITIONS : Written.End.COUNT;
        return search.search(session, starts, longest, atLongest);
    }

    private boolean writesAtOnce() {
        return Writings.getWriting(model.model()) instanceof Writing.AllAtOnce;
    }

    private static IllegalStateException answersAlone() {
        return new IllegalStateException(
                "A model that writes all words at once answers a source, and goes on after none.");
    }

    private static IllegalArgumentException restrictedTwice(Decoding.Restricted nested) {
        return new IllegalArgumentException("Rules stand in one list: " + nested);
    }
}
