package io.heddle.runtime.experiment;

import io.heddle.runtime.files.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of fields between commas (RFC 4180, with a line feed alone at the end of lines, as {@code metrics.csv} has it): a field with a comma,
 * a quote or an end of line in it stands in quotes, its own quotes doubled.
 */
final class TableFile {
    private static final Pattern SPECIAL = Pattern.compile("[,\"\r\n]");

    private final Writer writer;

    private TableFile(Writer writer) {
        this.writer = writer;
    }

    /** Writes the rows of a table. */
    @FunctionalInterface
    interface Body {
        void write(TableFile table) throws IOException;
    }

    /** Puts a table in place of any that is there, in one step. */
    static void write(Path file, Body body) {
        AtomicFile.write(file, 0, channel -> {
            Writer writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            body.write(new TableFile(writer));
            writer.flush();
        });
    }

    void row(List<String> fields) throws IOException {
        for (int place = 0; place < fields.size(); place++) {
            writer.write(place == 0 ? "" : ",");
            String field = fields.get(place);
            writer.write(
                    SPECIAL.matcher(field).find() ? "\"" + field.replace("\"", "\"\"") + "\"" : field);
        }
        writer.write('\n');
    }
}
