package io.heddle.runtime.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts entities that tags of the form {@code B-kind}, {@code I-kind} and {@code O} mark, as conlleval counts them (the
 * shared task of CoNLL-2003, section 2.2): one is right when it begins and ends where a true one does and is of its kind.
 *
 * <p>As in conlleval, an {@code I-kind} behind {@code O}, or behind another kind, begins an entity.
 */
public final class Entities {
    private long correct = 0;
    private long found = 0;
    private long present = 0;

    /** An entity: from word {@code first} to before word {@code end}. */
    private record Entity(int first, int end, String kind) {}

    /**
     * Takes up a sentence.
     *
     * @param said the tag that was said of each word
     * @param real the true tag of each word
     */
    public void add(List<String> said, List<String> real) {
        Set<Entity> marked = entities(said);
        Set<Entity> there = entities(real);
        found += marked.size();
        present += there.size();
        marked.retainAll(there);
        correct += marked.size();
    }

    private static Set<Entity> entities(List<String> tags) {
        Set<Entity> entities = new HashSet<>();
        int first = 0;
        String kind = "";
        List<String> ended = new ArrayList<>(tags);
        ended.add("O");
        for (int word = 0; word < ended.size(); word++) {
            String tag = ended.get(word);
            String here = kind(tag);
            if (here.equals(kind) && !tag.startsWith("B-")) {
                continue;
            }
            if (!kind.isEmpty()) {
                entities.add(new Entity(first, word, kind));
            }
            first = word;
            kind = here;
        }
        return entities;
    }

    /** The kind that a tag names; empty outside of entities. */
    private static String kind(String tag) {
        return tag.equals("O") ? "" : tag.substring(2);
    }

    /** The share of the entities that were said which are right, 0 to 100; 0 when none was said. */
    public double precision() {
        return share(correct, found);
    }

    /** The share of the true entities that were said, 0 to 100; 0 when there is none. */
    public double recall() {
        return share(correct, present);
    }

    /** {@code 2 * precision * recall / (precision + recall)}, 0 to 100; 0 when nothing is right. */
    public double f1() {
        return share(2 * correct, found + present);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
