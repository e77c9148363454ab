package io.heddle.dsl

/** An edit in its own words. */
internal object EditCall {
    /** `experts("decoder/0", topK = 1)`, with those words that were said. */
    fun of(verb: String, path: String, said: List<Pair<String, Any?>>): String =
        (listOf("\"$path\"") + said.filter { it.second != null }.map { (word, value) -> "$word = $value" })
            .joinToString(", ", "$verb(", ")")
}
