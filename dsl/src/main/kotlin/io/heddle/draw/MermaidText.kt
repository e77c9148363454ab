package io.heddle.draw

/** Writes a [sketch] as a flowchart in Mermaid's language. */
internal class MermaidText(private val sketch: Sketch) : Outline() {
    private val names = mutableMapOf<String, String>()

    fun write(): String {
        inside("flowchart BT", "") {
            sketch.pieces.forEach { piece(it) }
            Wiring(sketch).arrows().forEach { arrow(it) }
            colours()
        }
        return text().trimEnd() + "\n"
    }

    private val kinds = mutableMapOf<Kind, MutableList<String>>()

    override fun box(box: Box) {
        val words = listOf(box.title, box.notes.joinToString()).filter { it.isNotEmpty() }
        kinds.getOrPut(box.kind) { mutableListOf() } += name(box.path)
        line("${name(box.path)}[\"${words.joinToString("<br/>") { quoted(it) }}\"]")
    }

    override fun sum(path: String) {
        line("${name(path)}((\"+\"))")
    }

    override fun group(path: String, title: String, content: () -> Unit) {
        inside("subgraph ${name(path)}[\"${quoted(title).ifEmpty { " " }}\"]", "end", content)
    }

    private fun arrow(arrow: Arrow) {
        val line = if (arrow.shared) "-.->" else "-->"
        val label = if (arrow.label.isEmpty()) "" else "|\"${quoted(arrow.label)}\"|"
        line("${name(arrow.from)} $line$label ${name(arrow.to)}")
    }

    private fun colours() {
        kinds.toSortedMap().forEach { (kind, boxes) ->
            line("classDef ${kind.name} fill:${kind.colour},stroke:${Look.EDGE},color:${Look.INK}")
            line("class ${boxes.joinToString(",")} ${kind.name}")
        }
    }

    /** A name of letters, digits and `_` that no other path has, and that no word of Mermaid's is. */
    private fun name(path: String): String =
        names.getOrPut(path) {
            val plain = "n_" + path.replace(Regex("[^A-Za-z0-9]"), "_")
            generateSequence(plain) { it + "_" }.first { it !in names.values }
        }

    /** Signs that Mermaid would read are told by name or number. */
    private fun quoted(text: String) =
        text.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
}
