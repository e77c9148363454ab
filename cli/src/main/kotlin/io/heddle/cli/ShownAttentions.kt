package io.heddle.cli

import io.heddle.chart.ShownAttention
import io.heddle.chart.visible
import io.heddle.runtime.attention.RecordedAttention
import java.util.Locale
import java.util.OptionalInt
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/**
 * Attentions of the model named [model], for people and for programs.
 *
 * @param pieces what the tokens of each input are, by its name
 * @param head the only head that is shown; empty for all
 */
internal class ShownAttentions(
    private val model: String,
    recorded: List<RecordedAttention>,
    pieces: Map<String, List<String>>,
    head: OptionalInt,
) {
    val all: List<ShownAttention> =
        recorded.map { one ->
            val heads = if (head.isPresent) listOf(head.asInt) else (0 until one.heads()).toList()
            ShownAttention(model, one, pieces, heads)
        }

    /** What each query gives most to in each head, and how much. */
    fun table(): String = all.joinToString("\n") { AttentionTable(it).text() }

    /** A page with a picture for each of them. */
    fun page(text: String): String = attentionPage(model, text, all)

    /** Each head as a list of rows. */
    fun json(): String {
        val document = buildJsonObject {
            put("model", model)
            putJsonArray("attentions") {
                all.forEach { one ->
                    addJsonObject {
                        put("path", one.path)
                        listOf("queries" to one.queries, "keys" to one.keys).forEach { (name, axis) ->
                            putJsonObject(name) {
                                put("of", axis.title)
                                put("tokens", JsonArray(axis.names.map(::JsonPrimitive)))
                            }
                        }
                        putJsonArray("heads") {
                            one.rows
                                .groupBy { it.head }
                                .forEach { (head, rows) ->
                                    addJsonObject {
                                        put("head", head)
                                        put(
                                            "weights",
                                            JsonArray(rows.map { row -> JsonArray(row.weights.map(::JsonPrimitive)) }),
                                        )
                                    }
                                }
                        }
                    }
                }
            }
        }
        return "$document\n"
    }

    /** A line for each number (RFC 4180). */
    fun csv(): String = buildString {
        append("path,head,query,query_token,key,key_token,weight\r\n")
        all.forEach { one ->
            one.rows.forEach { row ->
                val query = "${row.query},${quoted(one.queries.names[row.query])}"
                row.weights.forEachIndexed { key, weight ->
                    append("${one.path},${row.head},$query,$key,${quoted(one.keys.names[key])},$weight\r\n")
                }
            }
        }
    }

    private fun quoted(text: String) = if (text.any { it in ",\"\r\n" }) "\"${text.replace("\"", "\"\"")}\"" else text
}

/** What each token of one attention gives most to, in columns that a terminal has room for. */
internal class AttentionTable(private val shown: ShownAttention) {
    private val heads = shown.heads.take(COLUMNS)

    fun text(): String = buildString {
        val left = shown.heads.size - heads.size
        val more = if (left == 0) "" else "; $left more with --head or --out"
        append("${shown.path}, ${shown.queries.title} by ${shown.keys.title}: the largest weight of each row$more\n")
        append(line("", heads.map { "head $it" }))
        val rows = shown.rows.groupBy { it.query }
        shown.queries.names.forEachIndexed { query, name ->
            val row = rows.getValue(query).filter { it.head in heads }
            append(line(short(name), row.map { most(it.weights) }))
        }
        val diagonals = shown.diagonals().take(heads.size)
        if (diagonals.isNotEmpty()) append(line("= diagonal", diagonals.map { "%.2f".format(Locale.ROOT, it) }))
    }

    private fun most(weights: FloatArray): String {
        val key = weights.indices.maxBy { weights[it] }
        if (weights[key] == 0f) return "nothing"
        return "%.2f %s".format(Locale.ROOT, weights[key], short(shown.keys.names[key]))
    }

    private fun line(name: String, cells: List<String>) =
        (listOf("  $name") + cells).joinToString("  ") { it.padEnd(WIDE) }.trimEnd() + "\n"

    private fun short(name: String): String {
        val seen = visible(name)
        val (count, most) = seen.codePointCount(0, seen.length) to WIDE - NUMBER
        return if (count <= most) seen else seen.substring(0, seen.offsetByCodePoints(0, most - 1)) + "…"
    }

    private companion object {
        const val COLUMNS = 6
        const val WIDE = 14
        const val NUMBER = 5
    }
}
