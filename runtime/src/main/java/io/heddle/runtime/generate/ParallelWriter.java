package io.heddle.runtime.generate;

import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.Structure;
import io.heddle.model.TokenInput;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.PositionLimit;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Writes all words of answers at once, and those again that are least sure; see {@link Decoding.AllAtOnce}. */
final class ParallelWriter {
    /** Padded lengths are rounded up to this, so that few programs are made. */
    private static final int MULTIPLE = 4;

    /** Which answers have scores: logarithms of probabilities may take as long as a pass. */
    enum Scoring {
        EACH,
        /** Where there is one pass and one length, and nothing to choose. */
        NONE
    }

    private final RunnableModel model;
    private final ModelRoles roles;
    private final Decoding.AllAtOnce decoding;
    private final OptionalInt end;
    private final int known;
    private final int mask;

    private final Optional<AnswerScores> scorer;
    private final Scoring scoring;

    private ParallelWriter(
            RunnableModel model,
            ModelRoles roles,
            Decoding.AllAtOnce decoding,
            OptionalInt end,
            int known,
            int mask,
            Optional<AnswerScores> scorer,
            Scoring scoring) {
        this.scorer = scorer;
        this.scoring = scoring;
        this.model = model;
        this.roles = roles;
        this.decoding = decoding;
        this.end = end;
        this.known = known;
        this.mask = mask;
    }

    /**
     * A writer for a model that foretells how many words there are.
     *
     * @param known how many tokens may be written: the ids below this; the mask is the next one, or the last of the vocabulary
     * @param scorer chooses among the lengths; the writer itself, if empty
     */
    static ParallelWriter of(
            RunnableModel model,
            Decoding.AllAtOnce decoding,
            OptionalInt end,
            int known,
            Optional<AnswerScores> scorer,
            Scoring scoring) {
        ModelRoles roles = model.roles();
        if (roles.written() instanceof TokenInput tokens) {
            int mask = Math.min(known, tokens.getVocabulary() - 1);
            return new ParallelWriter(model, roles, decoding, end, mask, mask, scorer, scoring);
        }
        return new ParallelWriter(model, roles, decoding, end, known, 0, scorer, scoring);
    }

    /**
     * The best answer to each source.
     *
     * @param begin the token that answers are told with
     * @param count how many tokens each may have, the end token included
     */
    List<Written> from(List<int[]> sources, int begin, int count) {
        List<List<Written>> candidates = candidates(sources, count).stream()
                .map(rows -> rows.stream().map(row -> written(row, begin)).toList())
                .toList();
        return scorer.map(other -> scored(other, sources, candidates)).orElse(candidates).stream()
                .map(ParallelWriter::best)
                .toList();
    }

    /** The one of the highest score; the likelier length of two alike. */
    private static Written best(List<Written> answers) {
        Written best = answers.getFirst();
        for (Written answer : answers) {
            best = answer.score() > best.score() ? answer : best;
        }
        return best;
    }

    /** The same answers with the scores that another model gives them. */
    private List<List<Written>> scored(AnswerScores other, List<int[]> sources, List<List<Written>> candidates) {
        List<int[]> read = new ArrayList<>();
        List<int[]> answers = new ArrayList<>();
        for (int source = 0; source < sources.size(); source++) {
            for (Written answer : candidates.get(source)) {
                read.add(sources.get(source));
                answers.add(closed(answer));
            }
        }
        double[] scores = other.of(read, answers);
        int each = candidates.getFirst().size();
        return IntStream.range(0, sources.size())
                .mapToObj(source -> IntStream.range(0, each)
                        .mapToObj(place -> {
                            Written answer = candidates.get(source).get(place);
                            return new Written(answer.tokens(), scores[source * each + place], answer.end());
                        })
                        .toList())
                .toList();
    }

    /** An answer with the end token, which one that fills its length may lack. */
    private int[] closed(Written answer) {
        IntStream more = answer.end() == Written.End.TOKEN ? IntStream.empty() : end.stream();
        return IntStream.concat(Arrays.stream(answer.ids()), more).toArray();
    }

    /** An answer of each of the likeliest lengths, by source, that of the likeliest length first. */
    private List<List<FilledRow>> candidates(List<int[]> sources, int count) {
        SourceMemory memory = SourceMemory.passing(model, roles.read().orElseThrow(), sources);
        Foretold foretold = Foretold.of(roles, longest(count), decoding.getLengths());
        ScoreRows scores = ScoreRows.of(memory.tensors().get(roles.length().orElseThrow().getName()));
        int each = scores.count() / sources.size();
        List<FilledRow> rows = new ArrayList<>();
        for (int source = 0; source < sources.size(); source++) {
            foretold.likeliest(scores, source * each, sources.get(source).length).stream()
                    .map(places -> new FilledRow(places, scoring))
                    .forEach(rows::add);
        }
        int answers = rows.size() / sources.size();
        fill(memory.repeated(answers), rows);
        return IntStream.range(0, sources.size())
                .mapToObj(source -> rows.subList(source * answers, (source + 1) * answers))
                .toList();
    }

    /** The longest answer that there may be. */
    private int longest(int count) {
        return Math.min(count, roles.writtenLimit().map(PositionLimit::positions).orElse(Integer.MAX_VALUE));
    }

    private void fill(SourceMemory memory, List<FilledRow> rows) {
        int longest = rows.stream().mapToInt(FilledRow::length).max().orElseThrow();
        int multiple = roles.writtenLimit().map(limit -> limit.multiple(MULTIPLE)).orElse(MULTIPLE);
        int time = Math.ceilDiv(longest, multiple) * multiple;
        Program program = program(memory, rows, time);
        place(program, rows, time);
        int passes = decoding.getPasses();
        for (int pass = 1; pass <= passes; pass++) {
            ScoreRows scores = read(program, rows, time);
            Optional<ChainSearch> chain = chain(program);
            int open = 0;
            for (int row = 0; row < rows.size(); row++) {
                FilledRow filled = rows.get(row);
                long first = (long) row * time;
                chain.ifPresentOrElse(
                        search -> filled.fill(scores, first, known, search), () -> filled.fill(scores, first, known));
                int again = Math.toIntExact((long) filled.length() * (passes - pass) / passes);
                filled.mask(again);
                open += again;
            }
            if (open == 0) {
                break;
            }
        }
    }

    private Program program(SourceMemory memory, List<FilledRow> rows, int time) {
        Executable executable = model.executable(Purpose.Filling);
        Map<String, Long> sizes = new HashMap<>();
        sizes.put("batch", (long) rows.size());
        sizes.put(memory.input(), (long) memory.length());
        sizes.put(roles.written().getName(), (long) time);
        Program program = executable.bind(sizes);
        memory.feed(program);
        int[] lengths = rows.stream().mapToInt(FilledRow::length).toArray();
        SourceMemory.give(program, Names.lengths(roles.written().getName()), lengths);
        return program;
    }

    /** Tells which positions of the sources are copied, where each says how often. */
    private void place(Program program, List<FilledRow> rows, int time) {
        int[] places = new int[rows.size() * time];
        Arrays.fill(places, Batch.IGNORED_LABEL);
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row).copied(), 0, places, row * time, rows.get(row).length());
        }
        SourceMemory.give(program, Names.copied(roles.written().getName()), places);
    }

    /** A search with the tables that a run has given; empty where words are chosen each by itself. */
    private Optional<ChainSearch> chain(Program program) {
        String head = roles.logits().getName();
        return switch (roles.logits().getStructure()) {
            case Structure.Independent _ -> Optional.empty();
            case Structure.Chain chain -> Optional.of(new ChainSearch(
                    new TableRows(program.output(Names.left(head))),
                    new TableRows(program.output(Names.right(head))),
                    chain.getBeam()));
        };
    }

    /** The scores of the words of all places, {@code rows * time} of them. */
    private ScoreRows read(Program program, List<FilledRow> rows, int time) {
        if (roles.written() instanceof TokenInput) {
            int[] ids = new int[rows.size() * time];
            Arrays.fill(ids, mask);
            for (int row = 0; row < rows.size(); row++) {
                int[] words = rows.get(row).read(mask);
                System.arraycopy(words, 0, ids, row * time, words.length);
            }
            program.setInput(roles.written().getName(), ids);
        }
        program.run();
        return ScoreRows.of(program.output(roles.logits().getName()));
    }

    /** The answer up to its first end token. */
    private Written written(FilledRow row, int begin) {
        List<Integer> tokens = new ArrayList<>(List.of(begin));
        for (int word : row.words()) {
            tokens.add(word);
            if (end.isPresent() && word == end.getAsInt()) {
                return new Written(tokens, row.score(), Written.End.TOKEN);
            }
        }
        return new Written(tokens, row.score(), Written.End.LENGTH);
    }
}
