package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.lowering.Purpose;
import io.heddle.recipe.Decoding;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets a model write, token by token. */
public final class Generator {
    private final RunnableModel model;
    private final Decoding decoding;
    private final TokenRules rules;
    private final OptionalInt end;
    private final int known;
    private final long seed;
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
        this(
                model,
                way(model, decoding),
                rules(decoding, Optional.empty()),
                end,
                Integer.MAX_VALUE,
                seed,
                Optional.empty());
    }

    private Generator(
            RunnableModel model,
            Decoding decoding,
            TokenRules rules,
            OptionalInt end,
            int known,
            long seed,
            Optional<AnswerScores> scorer) {
        this.scorer = scorer;
        this.model = model;
        this.decoding = decoding;
        this.rules = rules;
        this.end = end;
        this.known = known;
        this.seed = seed;
    }

    /**
     * A generator that writes the tokens of a tokenizer alone: what else a padded vocabulary has is never chosen.
     *
     * @param tokenizer of what is written
     * @param seed decides what is drawn
     * @throws ProblemsException when the model cannot write by this decoding
     */
    public static Generator of(RunnableModel model, Decoding decoding, Tokenizer tokenizer, long seed) {
        return new Generator(
                model,
                way(model, decoding),
                rules(decoding, Optional.of(tokenizer)),
                tokenizer.specialIds().end(),
                tokenizer.vocabularySize(),
                seed,
                Optional.empty());
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
        return new Generator(model, decoding, rules.and(allowed), end, known, seed, scorer);
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
        return new Generator(model, decoding, rules, end, known, seed, Optional.of(new AnswerScores(other)));
    }

    private static Decoding way(RunnableModel model, Decoding decoding) {
        List<Problem> problems = DecodingChecks.check(decoding, model.model());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return decoding instanceof Decoding.Restricted restricted ? restricted.getWay() : decoding;
    }

    private static TokenRules rules(Decoding decoding, Optional<Tokenizer> tokenizer) {
        return TokenRules.of(
                decoding instanceof Decoding.Restricted restricted ? restricted.getRules() : List.of(), tokenizer);
    }

    /**
     * Goes on after a prompt. Where positions run out, the last tokens are read anew from position 0; a beam search ends there.
     *
     * @param prompt one token or more
     * @param count how many tokens are written at most
     * @param listener is given each token as it is written; those of a beam search when it is done
     * @throws ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public Written after(int[] prompt, int count, IntConsumer listener) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> {
                Written best = best(prompt, count).getFirst();
                best.tokens().stream().skip(prompt.length).forEach(listener::accept);
                yield best;
            }
            case Decoding.Greedy _,Decoding.Sampling _ ->
                    written(DecodingSession.of(model, 1), List.of(prompt), new int[1], count, listener).getFirst();
            case Decoding.AllAtOnce _ -> throw answersAlone();
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
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
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> prompts.stream()
                    .map(prompt -> best(prompt, count).getFirst())
                    .toList();
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                Map<Integer, List<Integer>> byLength = new TreeMap<>();
                for (int place = 0; place < prompts.size(); place++) {
                    byLength.computeIfAbsent(prompts.get(place).length, _ -> new ArrayList<>()).add(place);
                }
                Written[] all = new Written[prompts.size()];
                byLength.values().forEach(places -> {
                    List<int[]> alike = places.stream().map(prompts::get).toList();
                    int[] numbers = places.stream().mapToInt(Integer::intValue).toArray();
                    DecodingSession session = DecodingSession.of(model, alike.size());
                    List<Written> written = written(session, alike, numbers, count, _ -> {});
                    for (int row = 0; row < numbers.length; row++) {
                        all[numbers[row]] = written.get(row);
                    }
                });
                yield List.of(all);
            }
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
        BeamSearch search = search();
        return searched(search, DecodingSession.of(model, search.rows()), prompt, count);
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
        BeamSearch search = search();
        List<int[]> rows = Collections.nCopies(search.rows(), source);
        List<SourceWords> each = words.isEmpty() ? List.of() : Collections.nCopies(search.rows(), words.getFirst());
        DecodingSession session = DecodingSession.over(model, rows, each);
        return searched(search, session, new int[] {begin}, count);
    }

    private BeamSearch search() {
        return switch (decoding) {
            case Decoding.Beam beam -> BeamSearch.of(beam, end, rules, known);
            case Decoding.DiverseBeam beam -> BeamSearch.of(beam, end, rules, known);
            case Decoding.Greedy _,Decoding.Sampling _,Decoding.AllAtOnce _ ->
                    throw new IllegalArgumentException(decoding + " finds one sequence. Say Decoding.Beam.");
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Writes a sequence for each source, all side by side; all its tokens at once, where the model does. Where positions run out, it ends: without its beginning, what was
     * written does not tell how far the source has been answered.
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
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> IntStream.range(0, sources.size())
                    .mapToObj(row -> bestFrom(
                            sources.get(row),
                            words.isEmpty() ? List.of() : List.of(words.get(row)),
                            begin,
                            count)
                            .getFirst())
                    .toList();
            case Decoding.AllAtOnce all -> ParallelWriter.of(model, all, end, known, scorer).from(sources, begin, count);
            case Decoding.Greedy _ when writesAtOnce() ->
                    ParallelWriter.of(model, new Decoding.AllAtOnce(1, 1), end, known, scorer).from(sources, begin, count);
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                List<int[]> starts = Collections.nCopies(sources.size(), new int[] {begin});
                int[] numbers = IntStream.range(0, sources.size()).toArray();
                yield written(DecodingSession.over(model, sources, words), starts, numbers, count, _ -> {});
            }
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Goes on, for each source, behind tokens that are written already, all side by side. What is drawn for a source depends on
     * its place in the list.
     *
     * @param starts the begin token and what follows it, equally many tokens for each source
     * @param count how many tokens each may have after them
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token, or the rules allow no token
     * @throws IllegalArgumentException when the decoding is a search, or writes all at once
     */
    public List<Written> behind(List<int[]> sources, List<int[]> starts, int count) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.AllAtOnce _ ->
                    throw new IllegalArgumentException(decoding + " goes on behind nothing. Say Greedy or Sampling.");
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                int[] numbers = IntStream.range(0, sources.size()).toArray();
                yield written(DecodingSession.over(model, sources), starts, numbers, count, _ -> {});
            }
            case Decoding.Restricted nested -> throw restrictedTwice(nested);
        };
    }

    /**
     * Writes what is said in each recording, all side by side; a beam search finds the best for one after the other.
     *
     * @param begin the token that every sequence begins with
     * @param count how many tokens each may have after it
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token, or the rules allow no token
     */
    public List<Written> hearing(List<Spectrogram> sounds, int begin, int count) {
        return switch (decoding) {
            case Decoding.Beam _,Decoding.DiverseBeam _ -> sounds.stream()
                    .map(sound -> bestHearing(sound, begin, count).getFirst())
                    .toList();
            case Decoding.Greedy _,Decoding.Sampling _ -> {
                List<int[]> starts = Collections.nCopies(sounds.size(), new int[] {begin});
                int[] numbers = IntStream.range(0, sounds.size()).toArray();
                yield written(DecodingSession.hearing(model, sounds), starts, numbers, count, _ -> {});
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
        DecodingSession session = DecodingSession.hearing(model, Collections.nCopies(search.rows(), sound));
        return searched(search, session, new int[] {begin}, count);
    }

    private List<Written> searched(BeamSearch search, DecodingSession session, int[] start, int count) {
        rules.require(count);
        int asked = start.length + count;
        int longest = Math.min(asked, session.limit().orElse(Integer.MAX_VALUE));
        Written.End atLongest = longest < asked ? Written.End.POSITIONS : Written.End.COUNT;
        return search.search(session, start, longest, atLongest);
    }

    /** @param numbers what rows are called where something is drawn for them */
    private List<Written> written(
            DecodingSession session, List<int[]> starts, int[] numbers, int count, IntConsumer listener) {
        rules.require(count);
        List<List<Integer>> rows = new ArrayList<>();
        starts.forEach(start -> rows.add(new ArrayList<>(Arrays.stream(start).boxed().toList())));
        Written.End[] ends = new Written.End[rows.size()];
        boolean[] ended = new boolean[rows.size()];
        Arrays.fill(ends, Written.End.COUNT);
        INDArray logits = session.read(lastOf(rows, session.limit().orElse(Integer.MAX_VALUE)));
        for (int number = 0; number < count; number++) {
            int open = 0;
            for (int row = 0; row < rows.size(); row++) {
                List<Integer> tokens = rows.get(row);
                int start = starts.get(row).length;
                // An ended row is read on with the others; what it says does not count.
                if (!ended[row]) {
                    double[] scores = session.writable(logits.getRow(row), row, known);
                    int token = choose(rules.applied(scores, tokens, start), numbers[row], number);
                    tokens.add(token);
                    boolean last = end.isPresent() && token == end.getAsInt();
                    boolean stops = rules.stop(tokens, start);
                    ended[row] = last || stops;
                    ends[row] = last ? Written.End.TOKEN : stops ? Written.End.STOP : ends[row];
                    open += ended[row] ? 0 : 1;
                    if (row == 0) {
                        listener.accept(token);
                    }
                }
            }
            if (open == 0 || number + 1 == count) {
                break;
            }
            if (session.isFull() && session.readsSource()) {
                for (int row = 0; row < ends.length; row++) {
                    ends[row] = ended[row] ? ends[row] : Written.End.POSITIONS;
                }
                break;
            }
            logits = next(session, rows);
        }
        List<Written> written = new ArrayList<>();
        for (int row = 0; row < ends.length; row++) {
            written.add(new Written(rows.get(row), 0, ends[row]));
        }
        return written;
    }

    /** Reads the newest token of each row; where positions run out, the last tokens are read anew from position 0. */
    private static INDArray next(DecodingSession session, List<List<Integer>> rows) {
        if (!session.isFull()) {
            return session.read(rows.stream().map(row -> new int[] {row.getLast()}).toArray(int[][]::new));
        }
        session.reset();
        return session.read(lastOf(rows, session.limit().orElseThrow()));
    }

    /** The last tokens of each row: {@code most} at the most. */
    private static int[][] lastOf(List<List<Integer>> rows, int most) {
        int longest = rows.stream().mapToInt(List::size).max().orElse(0);
        return rows.stream()
                .map(row -> {
                    // A row that has ended has fewer tokens than the others: what it reads does not count.
                    List<Integer> padded = new ArrayList<>(row);
                    while (padded.size() < longest) {
                        padded.add(row.getLast());
                    }
                    return padded.subList(Math.max(0, longest - most), longest).stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                })
                .toArray(int[][]::new);
    }

    private int choose(double[] logits, int row, int number) {
        return switch (decoding) {
            case Decoding.Greedy _ -> TokenChoice.greedy(logits);
            case Decoding.Sampling sampling -> new TokenChoice(seed).sample(logits, sampling, row, number);
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.AllAtOnce _,Decoding.Restricted _ ->
                    throw new IllegalStateException(decoding + " is searched, not chosen.");
        };
    }

    private boolean writesAtOnce() {
        return Writings.getWriting(model.model()) instanceof Writing.AllAtOnce;
    }

    private static IllegalStateException answersAlone() {
        return new IllegalStateException("A model that writes all words at once answers a source, and goes on after none.");
    }

    private static IllegalArgumentException restrictedTwice(Decoding.Restricted nested) {
        return new IllegalArgumentException("Rules stand in one list: " + nested);
    }
}
