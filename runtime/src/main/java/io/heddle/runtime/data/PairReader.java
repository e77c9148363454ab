package io.heddle.runtime.data;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.runtime.data.text.Counts;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link PairFiles}; all problems of the files are told together. */
final class PairReader {
    private final EmptySides emptySides;
    private final ProblemList problems = new ProblemList();
    private final List<SentencePair> pairs = new ArrayList<>();
    private int skipped = 0;

    PairReader(EmptySides emptySides) {
        this.emptySides = emptySides;
    }

    PairText read(PairFiles files) {
        return switch (files) {
            case PairFiles.TwoFiles two -> {
                List<TextFile> read = TextFile.readAll(List.of(two.source(), two.target()));
                yield readTwo(read.getFirst(), read.getLast());
            }
            case PairFiles.TabSeparated one -> readTabSeparated(TextFile.read(one.file()));
        };
    }

    private PairText readTwo(TextFile source, TextFile target) {
        List<String> sources = source.lines();
        List<String> targets = target.lines();
        if (sources.size() != targets.size()) {
            problems.add(new Problem(source.name(), "its translations are another number of lines",
                    List.of(new Fact("lines of " + source.name(), Counts.of(sources.size())),
                            new Fact("lines of " + target.name(), Counts.of(targets.size()))),
                    "Line n of one file must translate line n of the other: look for a line too many or too few."));
        }
        int both = Math.min(sources.size(), targets.size());
        for (int index = 0; index < both; index++) {
            String place = sources.get(index).isBlank() ? source.name() : target.name();
            add(new SentencePair(index + 1, sources.get(index), targets.get(index)), place);
        }
        return finish(source.name(), target.name());
    }

    private PairText readTabSeparated(TextFile file) {
        List<String> lines = file.lines();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            int number = index + 1;
            long tabs = line.chars().filter(character -> character == '\t').count();
            if (tabs == 1) {
                int tab = line.indexOf('\t');
                add(new SentencePair(number, line.substring(0, tab), line.substring(tab + 1)), file.name());
            } else if (line.isBlank() && tabs == 0) {
                add(new SentencePair(number, "", ""), file.name());
            } else {
                problems.add(new Problem(file.name() + ":" + number, "the line is no pair",
                        List.of(new Fact("tabs", Counts.of(tabs))),
                        "Write the source, one tab and the target."));
            }
        }
        return finish(file.name(), file.name());
    }

    private void add(SentencePair pair, String name) {
        boolean noSource = pair.source().isBlank();
        boolean noTarget = pair.target().isBlank();
        if (!noSource && !noTarget) {
            pairs.add(pair);
            return;
        }
        switch (emptySides) {
            case SKIP -> skipped++;
            case REFUSE -> {
                String side = noSource && noTarget ? "both sides are" : noSource ? "the source is" : "the target is";
                problems.add(new Problem(name + ":" + pair.line(), side + " empty",
                        "Write both sides, remove the pair, or have empty ones skipped."));
            }
        }
    }

    private PairText finish(String sourceName, String targetName) {
        if (pairs.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(sourceName, "there is no pair with text on both sides",
                    List.of(new Fact("pairs skipped", Counts.of(skipped))),
                    "Check that these are the files you mean."));
        }
        problems.throwIfAny();
        return new PairText(sourceName, targetName, pairs, skipped);
    }
}
