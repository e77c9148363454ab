package io.heddle.json

import io.heddle.check.Fact
import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.messages.DocumentMessages
import io.heddle.messages.Expected
import io.heddle.messages.Message

/** What is found wrong with a document that is JSON. */
internal class JsonProblems(private val file: String) {
    private val told = mutableListOf<Problem>()
    private var more = 0

    /** What was told; of very many, the first. */
    val problems: List<Problem>
        get() = if (more == 0) told.toList() else told + DocumentMessages.moreProblems(more).at(file)

    private fun tell(path: String, message: Message, facts: List<Fact>) {
        told += message.at("$file: $path", facts)
    }

    /** Whether so much is wrong already that one more thing is only counted, and no words are made for it. */
    private fun enough(): Boolean = (told.size == MOST).also { if (it) more++ }

    /** Tells [message] of the [node] at [path]. */
    fun wrong(path: String, node: JsonNode, message: () -> Message) {
        if (!enough()) tell(path, message(), listOf(Fact(name(path), node.words(), "", "$file:${node.line}")))
    }

    fun wrongChoice(path: String, node: JsonNode, known: () -> List<String>) {
        wrong(path, node) {
            val choices = known()
            val near = (node as? JsonNode.Text)?.let { Nearest.of(it.text, choices) }
            DocumentMessages.noSuchChoice(name(path), near?.let(::quoted), choices.map(::quoted))
        }
    }

    fun repeated(path: String, all: List<JsonNode.Member>) {
        if (enough()) return
        val facts = all.take(MOST_PLACES).map { Fact(it.key, it.value.words(), "", "$file:${it.line}") }
        tell(path, DocumentMessages.repeated(all.size), facts)
    }

    fun missing(path: String, node: JsonNode, wanted: () -> Expected) {
        leftOut(path, node) { DocumentMessages.missing(name(path), wanted()) }
    }

    /** Tells [message] of a key at [path] that the object [node] has not. */
    fun leftOut(path: String, node: JsonNode, message: () -> Message) {
        if (!enough()) tell(path, message(), listOf(Fact("object", "{...}", "", "$file:${node.line}")))
    }

    /** The same of a key that stands for [usual] where it is left out. */
    fun leftOut(path: String, node: JsonNode, usual: String, message: () -> Message) {
        if (!enough()) tell(path, message(), listOf(Fact(name(path), usual, "it is left out", "$file:${node.line}")))
    }

    /** Tells of an unknown key; gives the key of [missing] that it was meant to be, in a set. */
    fun unknown(path: String, member: JsonNode.Member, missing: List<String>, known: List<String>): Set<String> {
        if (enough()) return emptySet()
        val meant = Nearest.of(member.key, missing)
        val near = meant ?: Nearest.of(member.key, known)
        val facts = listOf(Fact(quoted(member.key), member.value.words(), "", "$file:${member.line}"))
        tell(path, DocumentMessages.unknownKey(near?.let(::quoted), known.map(::quoted)), facts)
        return setOfNotNull(meant)
    }

    private fun name(path: String) = path.substringAfterLast('.')

    private companion object {
        const val MOST = 50
        const val MOST_PLACES = 10
    }
}
