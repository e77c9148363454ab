package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.LabelMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads fields between commas (RFC 4180): one in quotes may hold commas, ends of lines and, doubled, quotes. A line that
 * is empty is no row.
 */
final class CommaSeparated {
    private static final char QUOTE = '"';

    private final TextFile file;
    private final String text;
    private int at = 0;
    private int line = 1;

    CommaSeparated(TextFile file) {
        this.file = file;
        text = file.text();
    }

    List<Fields> rows() {
        List<Fields> rows = new ArrayList<>();
        while (at < text.length()) {
            Fields row = row();
            if (!row.values().equals(List.of(""))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Fields row() {
        int first = line;
        List<String> values = new ArrayList<>();
        values.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            values.add(field());
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length()) {
            at++;
            line++;
        }
        return new Fields(first, values);
    }

    private String field() {
        return at < text.length() && text.charAt(at) == QUOTE ? quoted() : plain();
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !endsLine()) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean endsLine() {
        char here = text.charAt(at);
        return here == '\n' || (here == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n'));
    }

    private String quoted() {
        int first = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char here = text.charAt(at);
            at++;
            if (here != QUOTE) {
                value.append(here);
                line += here == '\n' ? 1 : 0;
            } else if (at < text.length() && text.charAt(at) == QUOTE) {
                value.append(QUOTE);
                at++;
            } else if (at == text.length() || text.charAt(at) == ',' || endsLine()) {
                return value.toString();
            } else {
                throw new ProblemsException(LabelMessages.afterQuote(file.name(), line));
            }
        }
        throw new ProblemsException(LabelMessages.openQuote(file.name(), first));
    }
}
