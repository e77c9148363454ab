package io.heddle.draw

/** Writes a [sketch] in Graphviz's language. */
internal class DotText(private val sketch: Sketch) : Outline() {
    fun write(): String {
        inside("digraph ${quoted(sketch.name)} {", "}") {
            line("graph [rankdir=BT, fontname=Helvetica, fontsize=12]")
            line("graph [labeljust=l, labelloc=b, color=\"${Look.FRAME_EDGE}\"]")
            line("node [shape=box, style=\"rounded,filled\", fontname=Helvetica, fontsize=11, color=\"${Look.EDGE}\"]")
            line("edge [fontname=Helvetica, fontsize=9, color=\"${Look.LINE}\", arrowsize=0.7]")
            sketch.pieces.forEach { piece(it) }
            Wiring(sketch).arrows().forEach { arrow(it) }
        }
        return text()
    }

    override fun box(box: Box) {
        val words = quoted((listOf(box.title) + box.notes.joinToString()).filter { it.isNotEmpty() }.joinToString("\n"))
        line("${quoted(box.path)} [label=$words, fillcolor=\"${box.kind.colour}\"]")
    }

    override fun sum(path: String) {
        line("${quoted(path)} [label=\"+\", shape=circle, fillcolor=\"${Look.PAPER}\", width=0.25, fixedsize=true]")
    }

    override fun group(path: String, title: String, content: () -> Unit) {
        inside("subgraph ${quoted("cluster_$path")} {", "}") {
            line("label=${quoted(title)}")
            content()
        }
    }

    private fun arrow(arrow: Arrow) {
        val marks =
            listOf("label=${quoted(arrow.label)}".takeIf { arrow.label.isNotEmpty() }) +
                "style=dashed, constraint=false".takeIf { arrow.shared }
        val told = marks.filterNotNull().joinToString(", ")
        line("${quoted(arrow.from)} -> ${quoted(arrow.to)}" + if (told.isEmpty()) "" else " [$told]")
    }

    private fun quoted(text: String) = "\"${text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")}\""
}
