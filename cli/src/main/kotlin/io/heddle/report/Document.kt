package io.heddle.report

/** A report as what it says, before it is HTML or Markdown. */
internal class Document(val title: String, val lead: List<Block>, val sections: List<Section>)

/** A part of a report; [anchor] is its place in a link. */
internal class Section(val title: String, val anchor: String, val blocks: List<Block>)

/** What stands below a heading. Texts are plain: whoever writes them escapes them. */
internal sealed interface Block {
    /** A heading inside of a section. */
    class Heading(val text: String, val anchor: String) : Block

    /** Sentences. */
    class Paragraph(val text: String) : Block

    /** A list without an order. */
    class Items(val items: List<String>) : Block

    /** Rows of cells; the first [heads] cells of a row say what it is of. */
    class Table(val caption: String, val columns: List<Column>, val heads: Int, val rows: List<List<String>>) : Block

    /** Lines that stay as they are: equations, JSON. */
    class Verbatim(val text: String) : Block

    /** What is shown when asked for. */
    class Details(val summary: String, val blocks: List<Block>) : Block

    /** A picture, as wide as a page and as narrow as a telephone. */
    class Figure(val name: String, val title: String, val caption: String, val wide: String, val narrow: String) :
        Block
}

/** A column of a table. */
internal class Column(val title: String, val kind: Kind) {
    /** What its cells hold. */
    enum class Kind {
        Words,
        Numbers,
    }
}

/** [text] without what neither HTML nor Markdown may hold: control characters and halves of characters. */
internal fun printable(text: String): String = buildString {
    var place = 0
    while (place < text.length) {
        val character = text.codePointAt(place)
        val isControl = Character.isISOControl(character) && character != '\n'.code
        val isLost = character in 0xD800..0xDFFF || character and 0xFFFE == 0xFFFE
        if (isControl || isLost) append('\uFFFD') else appendCodePoint(character)
        place += Character.charCount(character)
    }
}

/** [text] in one line. */
internal fun line(text: String): String = printable(text.replace(Regex("\\s+"), " ").trim())
