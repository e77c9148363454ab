package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.DecodingRule;
import io.heddle.rules.DecodingChecks;
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
    private final Decoder decoder;

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
                new Settings(rules(decoding, Optional.empty(), RuleNames.described()), end, Integer.MAX_VALUE, seed,
                        () -> false),
                Optional.empty());
    }

    private Generator(
            RunnableModel model, Decoding decoding, Settings settings, Optional<AnswerScores> scorer) {
        this.model = model;
        this.decoding = decoding;
        this.settings = settings;
        this.decoder = new Decoder(model, decoding, settings, scorer);
        if (!settings.rules().required().isEmpty() && !decoder.isSearch()) {
            throw new IllegalArgumentException("Required words are for a beam, and not for " + decoding + ".");
        }
    }

    /**
     * A generator that writes the tokens of a tokenizer alone: what else a padded vocabulary has is never chosen.
     *
     * @param tokenizer of what is written
     * @param seed decides what is drawn
     * @throws ProblemsException when the model cannot write by this decoding, or its rules want words that nobody knows: of
     *     those that may be copied, the source must be known first
     */
    public static Generator of(RunnableModel model, Decoding decoding, Tokenizer tokenizer, long seed) {
        return of(model, decoding, tokenizer, seed, RuleNames.described());
    }

    /**
     * The same for a decoding that was not said by a description.
     *
     * @param names what its rules are called where they were said, for problems
     */
    public static Generator of(
            RunnableModel model, Decoding decoding, Tokenizer tokenizer, long seed, RuleNames names) {
        Decoding way = way(model, decoding);
        TokenRules rules = rules(decoding, Optional.of(tokenizer), names);
        // Where words are copied, a source that is not known yet may have those that the vocabulary lacks.
        boolean copies = model.roles().copied().isPresent();
        Settings settings = new Settings(
                copies ? rules : rules.known(),
                tokenizer.specialIds().end(),
                tokenizer.vocabularySize(),
                seed,
                () -> false);
        return new Generator(model, way, settings, Optional.empty());
    }

    /**
     * The same generator, which writes no token that this function does not allow; its decoding's rules hold, too.
     *
     * @throws IllegalStateException when the model writes all tokens at once: none follows others
     */
    public Generator allowing(AllowedTokens allowed) {
        if (decoder.writesAtOnce()) {
            throw new IllegalStateException("All tokens are written at once, and none after those that were.");
        }
        return new Generator(model, decoding, settings.with(settings.rules().and(allowed)), decoder.scorer());
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
        if (!decoder.writesAtOnce() || lengths == 1) {
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
        return new Generator(model, decoding, settings.with(stop), decoder.scorer());
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

    private static Decoding way(RunnableModel model, Decoding decoding) {
        List<Problem> problems = DecodingChecks.check(decoding, model.model());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return decoding instanceof Decoding.Restricted restricted ? restricted.getWay() : decoding;
    }

    static TokenRules rules(Decoding decoding, Optional<Tokenizer> tokenizer, RuleNames names) {
        List<DecodingRule> said =
                decoding instanceof Decoding.Restricted restricted ? restricted.getRules() : List.of();
        return TokenRules.of(said, tokenizer, names);
    }

    /**
     * Returns when what scores answers can read all of these, too.
     *
     * @throws ProblemsException with each that is too long for it
     */
    void requireRead(List<int[]> sources) {
        decoder.requireRead(sources);
    }

    /** How many rows are read side by side for each sequence: what memory and time grow with. */
    public int rows() {
        return decoder.rows();
    }

    /**
     * Goes on after a prompt. Where positions run out, the last tokens are read anew from position 0.
     *
     * @param prompt one token or more
     * @param count how many tokens are written at most
     * @param listener is given each token as it is written; those of a beam search when it is done
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public Written after(int[] prompt, int count, IntConsumer listener) {
        return told(new ReadFirst.Nothing(1), prompt, count, listener);
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
            List<Written> written =
                    decoder.written(new ReadFirst.Nothing(alike.size()), alike, numbers, count, _ -> {});
            for (int row = 0; row < numbers.length; row++) {
                all[numbers[row]] = written.get(row);
            }
        });
        return List.of(all);
    }

    /**
     * The best sequences after a prompt that a beam search has found, the best one first: as many as its beam, if there are.
     *
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<Written> best(int[] prompt, int count) {
        return decoder.searched(new ReadFirst.Nothing(1), List.of(prompt), count).getFirst();
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
        return decoder.searched(new ReadFirst.Sources(sources, words), starts(sources.size(), begin), count);
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
                sources, words, begin, count, ofPlaces(sources.size()), _ -> {});
    }

    /**
     * The same for one source, whose tokens are listened to.
     *
     * @param words of the source; none where nothing is copied
     * @param listener is given each token as it is written; those of a beam search when it is done
     */
    public Written from(int[] source, List<SourceWords> words, int begin, int count, IntConsumer listener) {
        return told(new ReadFirst.Sources(List.of(source), words), new int[] {begin}, count, listener);
    }

    /** One sequence, of which each token is told as it is written, or all in the end. */
    private Written told(ReadFirst read, int[] start, int count, IntConsumer listener) {
        boolean streams = !decoder.isSearch() && !decoder.writesAtOnce();
        IntConsumer writing = streams ? listener : _ -> {};
        Written written = decoder.written(read, List.of(start), new int[1], count, writing)
                .getFirst();
        if (!streams) {
            written.tokens().stream().skip(start.length).forEach(listener::accept);
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
        return decoder.written(
                new ReadFirst.Sources(sources, words), starts(sources.size(), begin), numbers, count, listener);
    }

    private static List<int[]> starts(int count, int begin) {
        return Collections.nCopies(count, new int[] {begin});
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
        if (decoder.isSearch() || decoder.writesAtOnce() || decoding instanceof Decoding.Contrastive) {
            throw new IllegalArgumentException(decoding + " goes on behind nothing. Say Greedy or Sampling.");
        }
        return decoder.written(
                new ReadFirst.Sources(sources, List.of()), starts, ofPlaces(sources.size()), count, _ -> {});
    }

    private static int[] ofPlaces(int count) {
        return IntStream.range(0, count).toArray();
    }

    /**
     * Writes what is said in each recording, all side by side; each gives what it gives alone.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public List<Written> hearing(List<Spectrogram> sounds, int begin, int count) {
        return decoder.written(
                new ReadFirst.Sounds(sounds), starts(sounds.size(), begin), ofPlaces(sounds.size()), count, _ -> {});
    }

    /**
     * The same for one recording, whose tokens are listened to.
     *
     * @param listener is given each token as it is written; those of a beam search when it is done
     */
    public Written hearing(Spectrogram sound, int begin, int count, IntConsumer listener) {
        return told(new ReadFirst.Sounds(List.of(sound)), new int[] {begin}, count, listener);
    }

    /**
     * What a beam search has found to be said in a recording, the best one first: as many as its beam, if there are.
     *
     * @throws IllegalArgumentException when the decoding is no search
     */
    public List<Written> bestHearing(Spectrogram sound, int begin, int count) {
        return decoder.searched(new ReadFirst.Sounds(List.of(sound)), starts(1, begin), count)
                .getFirst();
    }
}
