package io.heddle.runtime.evaluate;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ScoreMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Boxes as lines of text: a picture in each line, its boxes with semicolons between.
 *
 * <pre>
 *   kind score left top right bottom; kind score left top right bottom     of what was said
 *   kind left top right bottom                                             of what is there
 * </pre>
 */
public final class BoxLines {
    private static final int NUMBERS_OF_A_BOX = 4;
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private BoxLines() {}

    /**
     * Reads boxes that were said.
     *
     * @throws ProblemsException when a box has another form
     */
    public static List<List<MeanAveragePrecision.Said>> said(List<String> lines) {
        return read(lines, 1, words -> new MeanAveragePrecision.Said(
                words.getFirst(), number(words.get(1)), box(words.subList(2, words.size()))));
    }

    /**
     * Reads boxes that are there.
     *
     * @throws ProblemsException when a box has another form
     */
    public static List<List<MeanAveragePrecision.Real>> real(List<String> lines) {
        return read(lines, 0,
                words -> new MeanAveragePrecision.Real(words.getFirst(), box(words.subList(1, words.size()))));
    }

    private static <T> List<List<T>> read(List<String> lines, int scores, Function<List<String>, T> reader) {
        List<List<T>> pictures = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            List<T> boxes = new ArrayList<>();
            for (String text : lines.get(line).split(";", -1)) {
                List<String> words = WhiteSpace.words(text);
                if (words.isEmpty()) {
                    continue;
                }
                try {
                    if (words.size() != 1 + scores + NUMBERS_OF_A_BOX) {
                        throw new IllegalArgumentException("a box has other numbers");
                    }
                    boxes.add(reader.apply(words));
                } catch (IllegalArgumentException notOne) {
                    throw new ProblemsException(ScoreMessages.noBox(line + 1, text.strip(), scores > 0), notOne);
                }
            }
            pictures.add(boxes);
        }
        return pictures;
    }

    private static Box box(List<String> words) {
        double[] numbers = words.stream().mapToDouble(BoxLines::number).toArray();
        return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** A number in digits: Java also reads {@code NaN}, {@code 0.9f} and {@code 0x1p3}. */
    private static double number(String word) {
        if (!DECIMAL.matcher(word).matches() || !Double.isFinite(Double.parseDouble(word))) {
            throw new IllegalArgumentException(word + " is no number");
        }
        return Double.parseDouble(word);
    }
}
