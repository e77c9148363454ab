package io.heddle.bench

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.encodeToJsonElement

/** All that was measured. */
internal class Outcome(
    val rows: List<Row> = emptyList(),
    private val claims: List<ClaimRow> = emptyList(),
    private val growth: List<GrowthRow> = emptyList(),
) {
    /** The tables that have rows. */
    fun text(): String =
        listOf(rows to Table.ofWorks(rows), claims to Table.ofClaims(claims), growth to Table.ofGrowth(growth))
            .filter { (rows, _) -> rows.isNotEmpty() }
            .joinToString("\n\n") { (_, table) -> table }

    /** The rows of all tables, those of works first. */
    fun json(): String =
        format.encodeToString(
            JsonArray(
                rows.map { format.encodeToJsonElement(it) } +
                    claims.map { format.encodeToJsonElement(it) } +
                    growth.map { format.encodeToJsonElement(it) }
            )
        ) + "\n"

    private companion object {
        val format = Json { prettyPrint = true }
    }
}
