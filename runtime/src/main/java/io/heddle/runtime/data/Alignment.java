package io.heddle.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which words of a source and of its target belong together, as aligners write it: {@code 0-0 1-2 2-1} are three links, each the number
 * of a word of the source and one of a word of the target, from 0 (the format of Pharaoh, Koehn 2004, which fast_align and others write).
 * Words stand between blanks.
 */
public record Alignment(List<Link> links) {
    private static final String LINK = "\\d{1,9}-\\d{1,9}";

    /**
     * That two words belong together.
     *
     * @param source which word of the source, from 0
     * @param target which word of the target, from 0
     */
    public record Link(int source, int target) {
        private static Link of(String text) {
            int dash = text.indexOf('-');
            return new Link(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
        }
    }

    public Alignment {
        links = List.copyOf(links);
    }

    /** The links of a line that {@link #wrong} finds nothing wrong with. */
    static Alignment of(String line) {
        return new Alignment(words(line).stream().map(Link::of).toList());
    }

    /** The first of a line's links that is none between so many words and so many; empty where all are fine. */
    static Optional<String> wrong(String line, int sources, int targets) {
        return words(line).stream().filter(text -> !isOf(text, sources, targets)).findFirst();
    }

    private static boolean isOf(String text, int sources, int targets) {
        if (!text.matches(LINK)) {
            return false;
        }
        Link link = Link.of(text);
        return link.source() < sources && link.target() < targets;
    }

    /** What stands between blanks. */
    static List<String> words(String line) {
        return line.isBlank() ? List.of() : Arrays.asList(line.strip().split("\\s+"));
    }
}
