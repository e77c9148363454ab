package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Columns;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.LabelMessages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads texts with labels, and words with tags; all problems of a file are told together. */
public final class LabelReader {
    private static final String NOT_TAGGED = "_";

    private final Columns columns;
    private final List<String> classes;
    private final String word;
    private final ProblemList problems = new ProblemList();

    private LabelReader(Columns columns, List<String> classes, String word) {
        this.columns = columns;
        this.classes = List.copyOf(classes);
        this.word = word;
    }

    /**
     * Reads a file of texts with a class each.
     *
     * @param classes what classes are called, in the order of their numbers
     * @throws ProblemsException with everything that is wrong: a file that is missing, empty or no text, rows without
     *     these columns, texts that are empty, other classes, or no text at all
     */
    public static List<LabelledText> texts(Path path, Columns columns, List<String> classes) {
        LabelReader reader = new LabelReader(columns, classes, "classes");
        return reader.texts(file(path, "a text and its class in each line"));
    }

    /**
     * Reads a file of sentences, each with all its words.
     *
     * @param tags what tags are called, in the order of their numbers
     * @throws ProblemsException with everything that is wrong, as in {@link #texts(Path, Columns, List)}
     */
    public static List<List<LabelledText>> sentences(Path path, Columns.Numbered columns, List<String> tags) {
        LabelReader reader = new LabelReader(columns, tags, "tags");
        return reader.sentences(file(path, "a word and its tag in each line, and an empty line behind each sentence"),
                columns);
    }

    private static TextFile file(Path path, String expected) {
        if (!path.toFile().exists()) {
            throw new ProblemsException(LabelMessages.missing(path, expected));
        }
        return TextFile.read(path);
    }

    private List<LabelledText> texts(TextFile file) {
        List<LabelledText> texts = new ArrayList<>();
        for (ColumnRows.Row row : ColumnRows.read(file, columns)) {
            add(texts, file, row);
        }
        if (texts.isEmpty()) {
            problems.add(LabelMessages.nothing(file.name()));
        }
        problems.throwIfAny();
        return texts;
    }

    private void add(List<LabelledText> texts, TextFile file, ColumnRows.Row row) {
        int label = classes.indexOf(row.label());
        if (label < 0) {
            problems.add(LabelMessages.unknown(file.name(), row.line(), row.label(), word, classes));
        }
        if (row.input().isEmpty()) {
            problems.add(LabelMessages.empty(file.name(), row.line()));
        }
        texts.add(new LabelledText(row.input(), label, new TextOrigin(file.name(), row.line(), 1)));
    }

    private List<List<LabelledText>> sentences(TextFile file, Columns.Numbered numbered) {
        List<List<LabelledText>> sentences = new ArrayList<>();
        List<LabelledText> sentence = new ArrayList<>();
        List<String> lines = new ArrayList<>(file.lines());
        lines.add("");
        int needed = Math.max(numbered.getInput(), numbered.getLabel());
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.isBlank()) {
                if (!sentence.isEmpty()) {
                    sentences.add(List.copyOf(sentence));
                }
                sentence.clear();
            } else if (line.indexOf('\t') >= 0 || !line.startsWith("#")) {
                Fields fields = Fields.betweenTabs(index + 1, line);
                if (fields.values().size() < needed) {
                    problems.add(LabelMessages.fewColumns(file.name(), index + 1, fields.values().size(), needed));
                } else if (!fields.value(numbered.getLabel()).equals(NOT_TAGGED)) {
                    add(sentence, file, new ColumnRows.Row(
                            index + 1,
                            fields.value(numbered.getInput()),
                            fields.value(numbered.getLabel())));
                }
            }
        }
        if (sentences.isEmpty()) {
            problems.add(LabelMessages.nothing(file.name()));
        }
        problems.throwIfAny();
        return sentences;
    }
}
