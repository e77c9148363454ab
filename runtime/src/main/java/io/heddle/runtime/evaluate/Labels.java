package io.heddle.runtime.evaluate;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ScoreMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels in lines of text: one in a line, or one for each word of it, between white space.
 *
 * <p>Accuracy is {@code 100 * right labels / labels}, 0 without any. Spans are those of {@link Entities}.
 *
 * @param said what was said, line by line
 * @param real what is true, line by line
 */
public record Labels(List<List<String>> said, List<List<String>> real) {
    /** Copies the lines. */
    public Labels {
        said = said.stream().map(List::copyOf).toList();
        real = real.stream().map(List::copyOf).toList();
    }

    /**
     * Reads labels.
     *
     * @param score what they are read for, for problems
     * @throws ProblemsException when there are not as many lines, or labels in a line
     */
    public static Labels read(String score, List<String> hypotheses, List<String> references) {
        Corpus.check(score, hypotheses, references.stream().map(List::of).toList());
        List<List<String>> said = new ArrayList<>();
        List<List<String>> real = new ArrayList<>();
        for (int line = 0; line < hypotheses.size(); line++) {
            List<String> labels = WhiteSpace.words(hypotheses.get(line));
            List<String> truth = WhiteSpace.words(references.get(line));
            if (labels.size() != truth.size()) {
                throw new ProblemsException(
                        ScoreMessages.otherLabels(score, line + 1, labels.size(), truth.size()));
            }
            said.add(labels);
            real.add(truth);
        }
        return new Labels(said, real);
    }

    /** The share of the labels that are right, 0 to 100. */
    public double accuracy() {
        long right = 0;
        long labels = 0;
        for (int line = 0; line < said.size(); line++) {
            for (int place = 0; place < said.get(line).size(); place++) {
                right += said.get(line).get(place).equals(real.get(line).get(place)) ? 1 : 0;
                labels++;
            }
        }
        return labels == 0 ? 0 : 100.0 * right / labels;
    }

    /**
     * The entities that the labels mark.
     *
     * @throws ProblemsException when one has another form than {@code B-kind}, {@code I-kind} and {@code O}
     */
    public Entities entities() {
        checkTags(said);
        checkTags(real);
        Entities entities = new Entities();
        for (int line = 0; line < said.size(); line++) {
            entities.add(said.get(line), real.get(line));
        }
        return entities;
    }

    private static void checkTags(List<List<String>> lines) {
        for (int line = 0; line < lines.size(); line++) {
            for (String tag : lines.get(line)) {
                if (!tag.equals("O") && !tag.matches("[BI]-.+")) {
                    throw new ProblemsException(ScoreMessages.noTag(line + 1, tag));
                }
            }
        }
    }
}
