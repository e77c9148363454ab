package io.heddle.runtime.evaluate;

import java.util.List;

/**
 * Word and character error rate of a corpus, as speech recognition reports them.
 *
 * <pre>
 *   rate = 100 (S + D + I) / N        0 is best; more than 100 where much was made up
 * </pre>
 *
 * <p>S, D and I are the fewest units that must be replaced, that are missing, and that are too many (Levenshtein's
 * distance), N are the units of the references, all summed over the corpus. Nothing is normalized: case and marks count.
 * Where N is 0 the rate is 0 if nothing was written, and 100 otherwise.
 *
 * <p>Source: NIST's sclite, "the word error rate"; Levenshtein, "Binary codes capable of correcting deletions, insertions, and
 * reversals", 1966.
 *
 * @param unit what is counted
 */
public record ErrorRate(Unit unit) {
    /** What is replaced, missing, or too many. */
    public enum Unit {
        /** What stands between white space. */
        WORDS,

        /** Unicode code points; white space between words counts as one blank, and as nothing at the ends. */
        CHARACTERS
    }

    /** The word error rate, WER. */
    public static ErrorRate ofWords() {
        return new ErrorRate(Unit.WORDS);
    }

    /** The character error rate, CER. */
    public static ErrorRate ofCharacters() {
        return new ErrorRate(Unit.CHARACTERS);
    }

    /** What papers call it. */
    public String name() {
        return switch (unit) {
            case WORDS -> "WER";
            case CHARACTERS -> "CER";
        };
    }

    /**
     * Scores generated lines: 0 or more, and less is better.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    public double score(List<String> hypotheses, List<String> references) {
        Corpus.check(name(), hypotheses, references.stream().map(List::of).toList());
        long errors = 0;
        long units = 0;
        for (int line = 0; line < hypotheses.size(); line++) {
            List<String> reference = units(references.get(line));
            errors += distance(units(hypotheses.get(line)), reference);
            units += reference.size();
        }
        if (units > 0) {
            return 100.0 * errors / units;
        }
        return errors > 0 ? 100 : 0;
    }

    private List<String> units(String line) {
        List<String> words = WhiteSpace.words(line);
        return switch (unit) {
            case WORDS -> words;
            case CHARACTERS -> String.join(" ", words)
                    .codePoints()
                    .mapToObj(Character::toString)
                    .toList();
        };
    }

    private static int distance(List<String> written, List<String> reference) {
        int[] before = new int[reference.size() + 1];
        for (int place = 0; place < before.length; place++) {
            before[place] = place;
        }
        for (int row = 1; row <= written.size(); row++) {
            int[] now = new int[before.length];
            now[0] = row;
            for (int place = 1; place < now.length; place++) {
                int replaced = before[place - 1] + (written.get(row - 1).equals(reference.get(place - 1)) ? 0 : 1);
                now[place] = Math.min(replaced, 1 + Math.min(before[place], now[place - 1]));
            }
            before = now;
        }
        return before[reference.size()];
    }
}
