package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * Phrases that must be written, each in a place of its own, and how far a sequence has come with them.
 *
 * @param phrases of one token or more each
 */
record RequiredWords(List<List<Integer>> phrases) {
    /**
     * How far a sequence has come.
     *
     * @param left the numbers of the phrases that are not written yet
     * @param since how many tokens were written when the last phrase was complete
     * @param begun how many tokens of a phrase that is left stand at the end; 0 for none
     */
    record Progress(List<Integer> left, int since, int begun) {}

    /** Copies the phrases. */
    RequiredWords {
        phrases = phrases.stream().filter(phrase -> !phrase.isEmpty()).map(List::copyOf).toList();
    }

    /** Whether anything is required. */
    boolean isEmpty() {
        return phrases.isEmpty();
    }

    /** How many tokens are required. */
    int tokens() {
        return phrases.stream().mapToInt(List::size).sum();
    }

    /** Before anything is written. */
    Progress start() {
        List<Integer> all = new ArrayList<>();
        for (int phrase = 0; phrase < phrases.size(); phrase++) {
            all.add(phrase);
        }
        return new Progress(List.copyOf(all), 0, 0);
    }

    /** How many of the required tokens stand there. */
    int written(Progress progress) {
        int left = progress.left().stream().mapToInt(phrase -> phrases.get(phrase).size()).sum();
        return tokens() - left + progress.begun();
    }

    /**
     * After one more token.
     *
     * @param written all tokens, this one included
     */
    Progress after(Progress before, List<Integer> written) {
        List<Integer> open = written.subList(before.since(), written.size());
        int begun = 0;
        for (int phrase : before.left()) {
            List<Integer> wanted = phrases.get(phrase);
            if (ends(open, wanted)) {
                List<Integer> left = new ArrayList<>(before.left());
                left.remove((Integer) phrase);
                return new Progress(List.copyOf(left), written.size(), 0);
            }
            for (int length = wanted.size() - 1; length > begun; length--) {
                if (ends(open, wanted.subList(0, length))) {
                    begun = length;
                }
            }
        }
        return new Progress(before.left(), before.since(), begun);
    }

    /** The tokens that bring a sequence further: the next of each phrase that has come as far as any, or the first. */
    List<Integer> next(Progress progress, List<Integer> written) {
        List<Integer> open = written.subList(progress.since(), written.size());
        List<Integer> next = new ArrayList<>();
        for (int phrase : progress.left()) {
            List<Integer> wanted = phrases.get(phrase);
            boolean goesOn = progress.begun() > 0
                    && progress.begun() < wanted.size()
                    && ends(open, wanted.subList(0, progress.begun()));
            next.add(wanted.get(goesOn ? progress.begun() : 0));
        }
        return next.stream().distinct().toList();
    }

    private static boolean ends(List<Integer> tokens, List<Integer> last) {
        int from = tokens.size() - last.size();
        return from >= 0 && tokens.subList(from, tokens.size()).equals(last);
    }
}
