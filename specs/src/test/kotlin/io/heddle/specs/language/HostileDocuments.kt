package io.heddle.specs.language

import io.heddle.json.ModelJson

/** Documents that were made to be too much for a reader. */
internal object HostileDocuments {
    private val written = ModelJson.write(Models.tiny())

    private const val NAME = "\"name\": \"tiny\""
    private const val WIDTH = "\"width\": 8"
    private const val RATE = "\"dropout\": 0.0"
    private const val FROZEN = "\"frozen\": []"
    private const val COMPONENTS = "\"components\": ["
    private const val LAYERS = "\"layers\": ["
    private const val TIMES = "\"times\": 1,"
    private const val STACK = "\"name\": \"decoder\""
    private const val MASK = "\"mask\": {\n                \"type\": \"causal\"\n              }"

    /** Documents by what is wrong with them; of about so many characters as they are asked for. */
    val endless: Map<String, (Int) -> String> =
        mapOf(
            "a long text" to { n -> "\"" + "a".repeat(n) },
            "a long name" to { n -> with(NAME, "\"name\": \"${"a".repeat(n)}\"") },
            "a name of escapes" to { n -> with(NAME, "\"name\": \"${"\\u0041".repeat(n / 6)}\"") },
            "a name of pairs" to { n -> with(NAME, "\"name\": \"${"\\ud83d\\ude00".repeat(n / 12)}\"") },
            "halves of characters" to { n -> with(NAME, "\"name\": \"${"\\ud83d".repeat(n / 6)}\"") },
            "raw halves of characters" to { n -> with(NAME, "\"name\": \"${"\ude00".repeat(n)}\"") },
            "open brackets" to { n -> "[".repeat(n) },
            "nested lists" to { n -> with(FROZEN, "\"frozen\": ${"[".repeat(n / 2)}${"]".repeat(n / 2)}") },
            "nested objects" to { n -> with(FROZEN, "\"frozen\": " + "{\"a\":".repeat(n / 5)) },
            "digits" to { n -> with(WIDTH, "\"width\": ${"1".repeat(n)}") },
            "digits after the point" to { n -> with(RATE, "\"dropout\": 0.${"1".repeat(n)}") },
            "digits of an exponent" to { n -> with(RATE, "\"dropout\": 1e${"9".repeat(n)}") },
            "other keys" to { n -> "{" + (0..n / 10).joinToString(",") { "\"k$it\":1" } + "}" },
            "unknown keys" to { n -> with(FROZEN, (0..n / 12).joinToString(",") { "\"k$it\":1" }) },
            "keys that stand there often" to { n -> with(FROZEN, List(n / 13) { FROZEN }.joinToString(",")) },
            "numbers" to { n -> with(FROZEN, "\"frozen\": [${"1,".repeat(n / 2)}1]") },
            "texts" to { n -> with(FROZEN, "\"frozen\": [${"\"\",".repeat(n / 3)}\"\"]") },
            "empty components" to { n -> with(COMPONENTS, COMPONENTS + "{},".repeat(n / 3)) },
            "components" to { n -> with(COMPONENTS, COMPONENTS + relation.repeat(n / relation.length)) },
            "runs of layers" to { n -> with(LAYERS, LAYERS + "{\"times\":1,\"parts\":[]},".repeat(n / 23)) },
            "repeated layers" to { n -> with(TIMES, "\"times\": $n,") },
            "blanks" to { n -> written + " ".repeat(n) },
            "lines" to { n -> written + "\n".repeat(n) },
        )

    /** Short documents that say much. */
    val few: Map<String, String> =
        mapOf(
            "exponent" to with(RATE, "\"dropout\": 1e999999999"),
            "small exponent" to with(RATE, "\"dropout\": 1e-999999999"),
            "two billion layers" to with(TIMES, "\"times\": 2000000000,"),
            "a million parts" to with("\"parts\": [", "\"parts\": [" + closing.repeat(1_000)).replace(TIMES, many),
            "ids without end" to with("\"vocabulary\": 5", "\"vocabulary\": 1000000000000000000"),
            "the largest vocabulary" to with("\"vocabulary\": 5", "\"vocabulary\": 2147483647"),
            "the largest memory" to with("\"memory\": 0", "\"memory\": 16777216"),
            "a head for each number" to
                written
                    .replace("idth\": 8", "idth\": 16777216")
                    .replace("eads\": 2", "eads\": 16777216")
                    .replace("Width\": 4", "Width\": 1"),
            "a mask that hides everything" to with(MASK, "\"mask\": {\"type\":\"not\",\"hidden\":$everything}"),
            "a mask of many keys" to with(MASK, "\"mask\": {\"type\":\"random\",\"count\":16777216,\"seed\":1}"),
            "a mask for each of many heads" to
                with(MASK, "\"mask\": {\"type\":\"perHead\",\"masks\":[${"$everything,".repeat(20_000)}$everything]}"),
            "a pattern of stars" to with(FROZEN, "\"frozen\": [\"${"**/*/".repeat(150)}nothing\"]"),
            "a name that looks like a layer" to with(STACK, "\"name\": \"decoder/99999999999/0\""),
            "a name that is a number" to with(STACK, "\"name\": \"99999999999\""),
            "itself" to with("\"input\": \"text\"", "\"input\": \"decoder\""),
            "relations of nothing" to with(COMPONENTS, COMPONENTS + relation.repeat(200)),
            "a chain of norms" to with("{\n      \"type\": \"logits\"", chain(200) + "{\n      \"type\": \"logits\""),
        )

    private const val relation = "{\"type\":\"relation\",\"name\":\"edges\",\"of\":\"nothing\"},"
    private const val everything = "{\"type\":\"everything\"}"
    private const val many = "\"times\": 1000,"
    private const val closing =
        "{\"type\":\"addNorm\",\"norm\":{\"type\":\"none\"},\"bias\":true,\"dropout\":0.0,\"skip\":0.0," +
            "\"scale\":{\"type\":\"one\"}},"

    private fun chain(count: Int) =
        (1..count).joinToString("") {
            val below = if (it == 1) "decoder" else "norm${it - 1}"
            "{\"type\":\"norm\",\"name\":\"norm$it\",\"input\":\"$below\",\"width\":8," +
                "\"norm\":{\"type\":\"none\"},\"bias\":true},"
        }

    private fun with(old: String, new: String): String =
        written.replaceFirst(old, new).also { check(it != written) { old } }
}
