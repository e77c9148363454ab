package io.heddle.runtime.experiment;

import io.heddle.runtime.program.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Which weights belong to which block of a model, by their names. */
final class Blocks {
    /** {@code decoder/3/attention}: a stack, the number of a layer, and a part of it. */
    private static final int PART = 3;

    private static final String NORM = "norm";

    /** A layer by its number, or the layers of a stack that have the same weights. */
    private static final Pattern LAYER = Pattern.compile("\\d+|shared|group\\d+");

    private Blocks() {}

    /** The weights of a layout by the block that they are of; norms are blocks of their own. */
    static SequencedMap<String, List<ParameterLayout.Entry>> of(ParameterLayout layout) {
        SequencedMap<String, List<ParameterLayout.Entry>> blocks = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : layout.entries().values()) {
            blocks.computeIfAbsent(block(entry.name()), _ -> new ArrayList<>()).add(entry);
        }
        return blocks;
    }

    /** The block of what computes at a path of a graph: that of the weights which it may have there. */
    static String blockOfNode(String path) {
        return block(path + "/weight");
    }

    /** The block of a weight. */
    static String block(String name) {
        List<String> words = List.of(name.split("/"));
        if (words.size() < PART || !LAYER.matcher(words.get(1)).matches()) {
            return words.size() > 2 && words.get(1).equals(NORM) ? words.get(0) + "/" + NORM : words.getFirst();
        }
        boolean isNorm = words.size() > PART && words.get(PART).equals(NORM);
        return String.join("/", words.subList(0, isNorm ? PART + 1 : PART));
    }
}
