package io.heddle.json

import io.heddle.check.Fact
import io.heddle.check.Nearest
import io.heddle.check.Problem

/** What may be wrong with a document that is JSON, in words. */
internal class JsonProblems(private val file: String) {
    private val told = mutableListOf<Problem>()
    private var more = 0

    /** What was told; of very many, the first. */
    val problems: List<Problem>
        get() =
            if (more == 0) told.toList()
            else told + Problem(file, "there are $more more problems", "Mend the ones above first.")

    private fun tell(path: String, title: String, facts: List<Fact>, mend: String) {
        told += Problem("$file: $path", title, facts, mend)
    }

    /** Whether so much is wrong already that one more thing is only counted, and no words are made for it. */
    private fun enough(): Boolean = (told.size == MOST).also { if (it) more++ }

    private fun fact(path: String, node: JsonNode) = Fact(name(path), node.words(), "", "$file:${node.line}")

    private fun name(path: String) = path.substringAfterLast('.')

    fun wrongKind(path: String, node: JsonNode, wanted: String) {
        if (enough()) return
        tell(path, "not ${wanted.substringBefore(", as")}", listOf(fact(path, node)), "Write $wanted.")
    }

    fun outOfRange(path: String, node: JsonNode, range: String) {
        if (enough()) return
        tell(path, "out of range", listOf(fact(path, node)), range)
    }

    fun wrongChoice(path: String, node: JsonNode, known: () -> List<String>) {
        if (enough()) return
        val choices = known()
        val near = (node as? JsonNode.Text)?.let { Nearest.of(it.text, choices) }
        val guess = if (near == null) "" else "Did you mean ${quoted(near)}? "
        tell(
            path,
            "there is no such ${name(path)}",
            listOf(fact(path, node)),
            "${guess}Known are ${choices.joinToString { quoted(it) }}.",
        )
    }

    fun repeated(path: String, all: List<JsonNode.Member>) {
        if (enough()) return
        tell(
            path,
            "the key stands here ${all.size} times",
            all.take(MOST_PLACES).map { Fact(it.key, it.value.words(), "", "$file:${it.line}") },
            "Keep one.",
        )
    }

    fun missing(path: String, node: JsonNode, wanted: () -> String) {
        if (enough()) return
        tell(
            path,
            "the key is missing",
            listOf(Fact("object", "{...}", "", "$file:${node.line}")),
            "Add \"${name(path)}\": ${wanted()}.",
        )
    }

    /** Tells of an unknown key; gives the key of [missing] that it was meant to be, in a set. */
    fun unknown(path: String, member: JsonNode.Member, missing: List<String>, known: List<String>): Set<String> {
        if (enough()) return emptySet()
        val meant = Nearest.of(member.key, missing)
        val near = meant ?: Nearest.of(member.key, known)
        val guess = if (near == null) "" else "Did you mean ${quoted(near)}? "
        val keys =
            if (known.isEmpty()) "No key belongs here but \"type\"."
            else "Known are ${known.joinToString { quoted(it) }}."
        tell(
            path,
            "the key is unknown",
            listOf(Fact(quoted(member.key), member.value.words(), "", "$file:${member.line}")),
            guess + keys,
        )
        return setOfNotNull(meant)
    }

    /** Something that only the kind of document knows to be wrong. */
    fun wrong(path: String, node: JsonNode, title: String, mend: String) {
        if (enough()) return
        tell(path, title, listOf(fact(path, node)), mend)
    }

    private companion object {
        const val MOST = 50
        const val MOST_PLACES = 10
    }
}
