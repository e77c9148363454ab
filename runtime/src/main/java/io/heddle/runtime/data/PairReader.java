package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.PairMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            case PairFiles.Aligned three -> {
                List<TextFile> read = TextFile.readAll(List.of(three.source(), three.target(), three.alignments()));
                yield readAligned(read.getFirst(), read.get(1), read.getLast());
            }
        };
    }

    private PairText readTwo(TextFile source, TextFile target) {
        addLines(source, target);
        return finish(source.name(), target.name());
    }

    private PairText readAligned(TextFile source, TextFile target, TextFile alignments) {
        addLines(source, target);
        List<String> lines = alignments.lines();
        int wanted = source.lines().size();
        if (lines.size() != wanted) {
            problems.add(PairMessages.otherAlignments(source.name(), wanted, alignments.name(), lines.size()));
        } else if (target.lines().size() == wanted) {
            // With a line more or less, links would be looked for among the words of other pairs.
            pairs.replaceAll(pair -> aligned(pair, lines.get(pair.line() - 1), alignments.name()));
        }
        return finish(source.name(), target.name());
    }

    private SentencePair aligned(SentencePair pair, String line, String name) {
        int sources = Alignment.words(pair.source()).size();
        int targets = Alignment.words(pair.target()).size();
        Optional<String> wrong = Alignment.wrong(line, sources, targets);
        if (wrong.isPresent()) {
            problems.add(PairMessages.noLink(name, pair.line(), wrong.get(), sources, targets));
            return pair;
        }
        return new SentencePair(pair.line(), pair.source(), pair.target(), Optional.of(Alignment.of(line)));
    }

    private void addLines(TextFile source, TextFile target) {
        List<String> sources = source.lines();
        List<String> targets = target.lines();
        if (sources.size() != targets.size()) {
            problems.add(PairMessages.otherLines(source.name(), sources.size(), target.name(), targets.size()));
        }
        int both = Math.min(sources.size(), targets.size());
        for (int index = 0; index < both; index++) {
            String place = sources.get(index).isBlank() ? source.name() : target.name();
            add(new SentencePair(index + 1, sources.get(index), targets.get(index)), place);
        }
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
                problems.add(PairMessages.noPair(file.name(), number, tabs));
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
            case REFUSE -> problems.add(empty(noSource, noTarget, name, pair.line()));
        }
    }

    private static Problem empty(boolean noSource, boolean noTarget, String name, int line) {
        if (noSource && noTarget) {
            return PairMessages.bothEmpty(name, line);
        }
        return noSource ? PairMessages.emptySource(name, line) : PairMessages.emptyTarget(name, line);
    }

    private PairText finish(String sourceName, String targetName) {
        if (pairs.isEmpty() && problems.isEmpty()) {
            problems.add(PairMessages.nothing(sourceName, skipped));
        }
        problems.throwIfAny();
        return new PairText(sourceName, targetName, pairs, skipped);
    }
}
