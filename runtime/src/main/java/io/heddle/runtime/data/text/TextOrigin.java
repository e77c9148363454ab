package io.heddle.runtime.data.text;

/**
 * Where a piece of text comes from, so that a problem inside it can name its place.
 *
 * @param name the file, or what the user calls the text: {@code --prompt}
 * @param line the line on which the piece begins, from 1
 * @param column the column in which it begins, in characters (Unicode code points) from 1
 */
public record TextOrigin(String name, int line, int column) {
    /** The beginning of the text called {@code name}. */
    public static TextOrigin startOf(String name) {
        return new TextOrigin(name, 1, 1);
    }

    /** The origin of what follows the first {@code offset} chars of {@code text}, a text of this origin. */
    public TextOrigin after(CharSequence text, int offset) {
        int lineThere = line;
        int columnThere = column;
        int index = 0;
        while (index < offset) {
            int codePoint = Character.codePointAt(text, index);
            index += Character.charCount(codePoint);
            if (codePoint == '\n') {
                lineThere++;
                columnThere = 1;
            } else {
                columnThere++;
            }
        }
        return new TextOrigin(name, lineThere, columnThere);
    }

    /** {@code file:line:column}. */
    public String place() {
        return linePlace() + ":" + column;
    }

    /** {@code file:line}. */
    public String linePlace() {
        return name + ":" + line;
    }
}
