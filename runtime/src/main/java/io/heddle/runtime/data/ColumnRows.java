package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Columns;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.LabelMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The two columns of a file that are read: between tabs, or between commas in a {@code .csv} file. */
final class ColumnRows {
    private ColumnRows() {}

    /**
     * One row.
     *
     * @param line where it begins, from 1
     */
    record Row(int line, String input, String label) {}

    /**
     * The rows of a file in which every line is one.
     *
     * @throws ProblemsException with each row that is short of columns, or when the first row does not name them
     */
    static List<Row> read(TextFile file, Columns columns) {
        List<Fields> rows = fields(file);
        return switch (columns) {
            case Columns.Numbered numbered -> rows(file, rows, numbered);
            case Columns.Named named ->
                    rows(file, rows.subList(1, rows.size()), numbered(file, rows.getFirst(), named));
        };
    }

    private static List<Fields> fields(TextFile file) {
        if (file.name().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return new CommaSeparated(file).rows();
        }
        List<Fields> rows = new ArrayList<>();
        List<String> lines = file.lines();
        for (int index = 0; index < lines.size(); index++) {
            rows.add(Fields.betweenTabs(index + 1, lines.get(index)));
        }
        return rows;
    }

    private static Columns.Numbered numbered(TextFile file, Fields header, Columns.Named named) {
        return new Columns.Numbered(number(file, header, named.getInput()), number(file, header, named.getLabel()));
    }

    private static int number(TextFile file, Fields header, String name) {
        int index = header.values().indexOf(name);
        if (index < 0) {
            throw new ProblemsException(LabelMessages.noColumn(file.name(), name, header.values()));
        }
        return index + 1;
    }

    private static List<Row> rows(TextFile file, List<Fields> rows, Columns.Numbered columns) {
        ProblemList problems = new ProblemList();
        List<Row> read = new ArrayList<>();
        int needed = Math.max(columns.getInput(), columns.getLabel());
        for (Fields row : rows) {
            if (row.values().size() < needed) {
                problems.add(LabelMessages.fewColumns(file.name(), row.line(), row.values().size(), needed));
            } else {
                read.add(new Row(row.line(), row.value(columns.getInput()), row.value(columns.getLabel())));
            }
        }
        problems.throwIfAny();
        return read;
    }
}
