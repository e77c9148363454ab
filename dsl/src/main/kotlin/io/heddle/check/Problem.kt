package io.heddle.check

/**
 * One thing that is wrong, told so that it can be mended without looking elsewhere.
 *
 *     decoder/3/crossAttention: heads do not divide width
 *       width = 500   from model("nmt-base", width = 500)  nmt.model.kts:1
 *       heads = 8     from crossAttention(heads = 8)       nmt.model.kts:11
 *       500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.
 *
 * @property place where it is: a path in the model, a file, a place in a file, or a JSON path
 * @property title what is wrong, in one line without a full stop
 * @property facts the sizes and values that led to it, each with its source
 * @property mend what to change, in the words of the one who reads it; may hold several lines
 */
public data class Problem(val place: String, val title: String, val facts: List<Fact>, val mend: String) {
    /** A problem whose title says everything that there is to know about the cause. */
    public constructor(place: String, title: String, mend: String) : this(place, title, emptyList(), mend)

    /** The problem as text, without a line break at its end. */
    public fun render(): String {
        val lines = mutableListOf("$place: $title")
        val labels = facts.map { "${it.name} = ${it.value}" }
        val labelWidth = labels.maxOfOrNull { it.length } ?: 0
        val saysWidth = facts.maxOfOrNull { it.says.length } ?: 0
        facts.zip(labels) { fact, label ->
            val says = if (fact.says.isEmpty()) "" else "   from " + fact.says.padEnd(saysWidth)
            val where = if (fact.where.isEmpty()) "" else "  " + fact.where
            lines += ("  " + label.padEnd(labelWidth) + says + where).trimEnd()
        }
        if (mend.isNotEmpty()) mend.lines().forEach { lines += "  $it" }
        return lines.joinToString("\n")
    }

    override fun toString(): String = render()
}

/**
 * A value that a [Problem] rests on.
 *
 * @property name what it is called: `width`, `heads`
 * @property value what it is, as the reader would write it
 * @property says the words that set it, as in a script: `model("nmt-base", width = 500)`; empty when unknown
 * @property where the file and line of those words: `nmt.model.kts:1`; empty when unknown
 */
public data class Fact(val name: String, val value: String, val says: String, val where: String) {
    /** A value whose source is plain from the place of its problem. */
    public constructor(name: String, value: String) : this(name, value, "", "")
}
