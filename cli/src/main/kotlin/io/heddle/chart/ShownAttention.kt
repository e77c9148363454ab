package io.heddle.chart

import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.runtime.attention.AttentionAxis
import io.heddle.runtime.attention.Diagonal
import io.heddle.runtime.attention.RecordedAttention

/**
 * The rows or the columns of an attention's weights.
 *
 * @property title what they are
 * @property names what each is called: the pieces of a text, or numbers
 */
internal class ShownAxis(val title: String, val names: List<String>)

/** What the query [query] of head [head] gives to each key. */
internal class ShownRow(val head: Int, val query: Int, val weights: FloatArray)

/** One attention of the model named [model], and which of its heads are shown. */
internal class ShownAttention(
    private val model: String,
    private val recorded: RecordedAttention,
    pieces: Map<String, List<String>>,
    val heads: List<Int>,
) {
    val path: String = recorded.place.path
    val queries: ShownAxis = axis("queries", recorded.queries, pieces)
    val keys: ShownAxis = axis("keys", recorded.keys, pieces)

    private val matrices = heads.map { recorded.head(it) }

    /** The rows of one head after the other. */
    val rows: List<ShownRow>
        get() =
            heads.zip(matrices).flatMap { (head, rows) -> rows.mapIndexed { query, row -> ShownRow(head, query, row) } }

    /** How near to the diagonal each head looks, where one sequence looks at another. */
    fun diagonals(): List<Double> =
        when (recorded.place.attention) {
            is Attention -> emptyList()
            is CrossAttention -> matrices.map { Diagonal.of(it, Diagonal.SHARPNESS) }
        }

    /** How many numbers there are. */
    fun cells(): Long = heads.size.toLong() * queries.names.size * keys.names.size

    /** What a file of its own is called. */
    fun fileName(): String = path.replace('/', '-') + ".svg"

    fun svg(): String = svg("attention")

    /** The picture; [name] is what names inside of it begin with. */
    fun svg(name: String, room: HeatRoom = HeatRoom.Page): String =
        HeatMap(
                path,
                model,
                HeatAxis(queries.title, queries.names.map(::visible)),
                HeatAxis(keys.title, keys.names.map(::visible)),
                "head",
                heads.zip(matrices).map { (head, rows) -> HeatPanel(head, rows.toList()) },
                "weight",
                room,
            )
            .svg(name)

    private fun axis(role: String, axis: AttentionAxis, pieces: Map<String, List<String>>): ShownAxis =
        when (axis) {
            is AttentionAxis.Positions ->
                ShownAxis("$role (${axis.input})", pieces[axis.input] ?: numbers(axis.count()))
            is AttentionAxis.Mixtures -> ShownAxis("mixtures of $role (${axis.input})", numbers(axis.count()))
        }

    private fun numbers(count: Int) = List(count) { "$it" }
}

/** A piece of text in one line, in which white space can be seen where there is nothing else. */
internal fun visible(piece: String): String {
    val marked = piece.replace('\n', '↵').replace('\t', '⇥')
    return if (marked.isBlank()) marked.replace(' ', '␣').ifEmpty { "∅" } else marked.trim()
}
