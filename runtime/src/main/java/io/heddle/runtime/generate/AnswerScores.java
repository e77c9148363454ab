package io.heddle.runtime.generate;

import io.heddle.check.ProblemsException;
import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.TokenInput;
import io.heddle.runtime.messages.DecodingMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Program;
import java.util.List;
import java.util.Map;

/**
 * How likely a model that writes word by word finds whole answers, all read side by side: {@code log p(answer | source) = sum of
 * log p(word | source, words before)}, the end token included.
 */
final class AnswerScores {
    /** Padded lengths are rounded up to this, so that few programs are made. */
    private static final int MULTIPLE = 4;

    private final RunnableModel model;
    private final ModelRoles roles;
    private final TokenInput read;

    /** @param model that reads a source, and writes word by word */
    AnswerScores(RunnableModel model) {
        this.model = model;
        roles = model.roles();
        read = roles.read().orElseThrow();
    }

    /**
     * Returns when all sources can be read.
     *
     * @throws ProblemsException with each that is longer than there are positions, by its number from 1 on
     */
    void requireRead(List<int[]> sources) {
        Prompts.requireRead(sources, row -> "source " + (row + 1), model.model());
    }

    /** Answers are read without their last token. */
    private void requirePositions(List<int[]> answers) {
        int longest = answers.stream().mapToInt(answer -> answer.length - 1).max().orElse(0);
        roles.writtenLimit().filter(limit -> limit.positions() < longest).ifPresent(limit -> {
            throw new ProblemsException(DecodingMessages.scorerIsShorter(
                    model.model().getName(), longest, limit.input(), limit.positions()));
        });
    }

    /**
     * The logarithms of the probabilities of answers.
     *
     * @param sources one for each answer
     * @param answers each with the token that it begins with, and the end token
     * @throws ProblemsException when an answer is longer than there are positions
     */
    double[] of(List<int[]> sources, List<int[]> answers) {
        requirePositions(answers);
        int time = width(answers, roles.writtenLimit().map(limit -> limit.multiple(MULTIPLE)).orElse(MULTIPLE), 1);
        int length = width(sources, roles.readLimit().map(limit -> limit.multiple(MULTIPLE)).orElse(MULTIPLE), 0);
        String written = roles.written().getName();
        Program program = model.executable(Purpose.Inference)
                .bind(Map.of(
                        "batch", (long) answers.size(), read.getName(), (long) length, written, (long) time));
        program.setInput(read.getName(), padded(sources, length, 0));
        program.setInput(Names.lengths(read.getName()), lengths(sources, 0));
        program.setInput(written, padded(answers, time, 1));
        program.setInput(Names.lengths(written), lengths(answers, 1));
        program.run();
        ScoreRows scores = ScoreRows.of(program.output(roles.logits().getName()));
        double[] logarithms = new double[answers.size()];
        for (int row = 0; row < logarithms.length; row++) {
            int[] answer = answers.get(row);
            for (int place = 0; place + 1 < answer.length; place++) {
                double[] of = scores.row((long) row * time + place);
                logarithms[row] += LogProbabilities.of(of, answer[place + 1]);
            }
        }
        return logarithms;
    }

    /** @param last how many tokens at the end are not read */
    private static int width(List<int[]> rows, int multiple, int last) {
        int longest = rows.stream().mapToInt(row -> row.length - last).max().orElse(1);
        return Math.ceilDiv(longest, multiple) * multiple;
    }

    private static int[] padded(List<int[]> rows, int width, int last) {
        int[] ids = new int[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, ids, row * width, rows.get(row).length - last);
        }
        return ids;
    }

    private static int[] lengths(List<int[]> rows, int last) {
        return rows.stream().mapToInt(row -> row.length - last).toArray();
    }
}
