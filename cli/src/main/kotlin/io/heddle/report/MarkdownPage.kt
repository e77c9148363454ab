package io.heddle.report

/** Writes a [Document] as Markdown, as GitHub and CommonMark read it, with its pictures as files beside it. */
internal object MarkdownPage {
    /** The folder of the pictures. */
    const val CHARTS: String = "charts"

    private const val SHORTEST_FENCE = 3
    private val special = Regex("[\\\\`*_\\[\\]|~$]")
    private val beginning = Regex("^(\\d+(?=[.)](?: |$))|(?=[-+#>=]))")
    private val ticks = Regex("`+")

    /** The page. */
    fun of(document: Document): String {
        val parts = document.sections.flatMap { listOf("## ${escaped(it.title)}") + it.blocks.map(::block) }
        return (listOf("# ${escaped(document.title)}") + document.lead.map(::block) + parts).joinToString(
            "\n\n",
            "",
            "\n",
        )
    }

    /** The file of a picture, from where the page stands. */
    fun file(figure: Block.Figure): String = "$CHARTS/${figure.name}.svg"

    /** [text] in one line, in which nothing means anything to Markdown or HTML. */
    fun escaped(text: String): String =
        special
            .replace(line(text)) { "\\${it.value}" }
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(beginning, "$1\\\\")

    private fun block(block: Block): String =
        when (block) {
            is Block.Heading -> "### ${escaped(block.text)}"
            is Block.Paragraph -> escaped(block.text)
            is Block.Items -> block.items.joinToString("\n") { "- ${escaped(it)}" }
            is Block.Table -> table(block)
            is Block.Verbatim -> verbatim(printable(block.text))
            is Block.Details ->
                (listOf("<details><summary>${html(block.summary)}</summary>") +
                        block.blocks.map(::block) +
                        "</details>")
                    .joinToString("\n\n")
            is Block.Figure ->
                "![${escaped(block.title)}](${file(block)})\n\n**${escaped(block.title)}.** ${escaped(block.caption)}"
        }

    private fun table(block: Block.Table): String {
        val rule =
            block.columns.map { column ->
                when (column.kind) {
                    Column.Kind.Words -> "---"
                    Column.Kind.Numbers -> "---:"
                }
            }
        val rows = listOf(block.columns.map { escaped(it.title) }, rule) + block.rows.map { row -> row.map(::escaped) }
        return "${escaped(block.caption)}\n\n" + rows.joinToString("\n") { it.joinToString(" | ", "| ", " |") }
    }

    /** The fence is longer than what stands inside. */
    private fun verbatim(text: String): String {
        val longest = ticks.findAll(text).maxOfOrNull { it.value.length } ?: 0
        val fence = "`".repeat(maxOf(SHORTEST_FENCE, longest + 1))
        return "$fence\n${text.trimEnd()}\n$fence"
    }

    private fun html(text: String): String =
        line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
}
