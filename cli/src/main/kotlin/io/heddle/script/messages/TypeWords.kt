package io.heddle.script.messages

/**
 * What a type is called by one who describes models, and how a value of it is said.
 *
 * @property words what a value of it is: `a mask`
 * @property mend how one is said, where something else stands in its place
 */
internal data class TypeWords(val words: String, val mend: String) {
    companion object {
        private const val SEQUENCE = "Say the name of an input or of a stack, or a layer: encoder.layer(3)."

        /** By the type's name. */
        val all: Map<String, TypeWords> =
            mapOf(
                "Int" to TypeWords("a whole number", "Write it without a point and without quotes: 2."),
                "Long" to TypeWords("a whole number", "Write it without a point and without quotes: 2."),
                "Double" to
                    TypeWords("a number with a point", "Write it with a point and without quotes: 0.1, or 1.0 for 1."),
                "Boolean" to TypeWords("true or false", "Write true or false, without quotes."),
                "String" to TypeWords("a text", "Write it in quotes: \"text\"."),
                "Mask" to
                    TypeWords("a mask", "Say one, as Causal, Window(128) or Given(edges), or several joined by and."),
                "Layout" to TypeWords("a layout", "Say one, as PostNorm or PreNorm, without quotes."),
                "Norm" to TypeWords("a norm", "Say one, as LayerNorm(), RmsNorm(1e-6) or NoNorm."),
                "Activation" to TypeWords("an activation", "Say one, as Relu, Gelu or Silu, without quotes."),
                "Initializer" to TypeWords("an initializer", "Say one, as Normal(0.02) or XavierUniform()."),
                "Sharing" to TypeWords("whose weights layers have", "Say Own, Shared or Groups(4)."),
                "Pooling" to TypeWords("a pooling", "Say one, as First, Last, Mean or Max, without quotes."),
                "PositionTarget" to
                    TypeWords("what positions are added to", "Say Input, QueriesAndKeys or EveryLayer."),
                "Temperature" to TypeWords("a temperature", "Say Learned(0.07) or Fixed(0.1)."),
                "FeatureMap" to TypeWords("a feature map", "Say EluPlusOne, ReluFeatures(256) or Favor(256)."),
                "Sequence" to TypeWords("a sequence", SEQUENCE),
                "SequenceComponent" to TypeWords("a sequence", SEQUENCE),
                "TokenInput" to
                    TypeWords("an input of tokens", "Describe one, and say its name: val text by tokens(vocab = 65)."),
                "Stack" to
                    TypeWords(
                        "a stack",
                        "Describe one, and say its name: val encoder by stack(text, layers = 6) { ... }.",
                    ),
                "Pool" to
                    TypeWords("one vector of a sequence", "Pool the sequence first: val whole by pool(encoder, Mean)."),
                "Logits" to
                    TypeWords("scores of tokens", "Describe them, and say their name: val next by logits(decoder)."),
                "Classify" to
                    TypeWords("a classifier", "Describe one: val label by classify(encoder, Mean, classes = 2)."),
                "RelationInput" to
                    TypeWords("a relation", "Describe one, and say its name: val edges by relation(text)."),
                "RelativeBias" to TypeWords("a relative bias", "Describe one: val near by relativeBias(heads = 8)."),
                "Model" to
                    TypeWords(
                        "a model",
                        "Describe one, and say its name: val small = model(\"small\", width = 64) { ... }.",
                    ),
            )

        /** What a value of the type named [type] is called. */
        fun words(type: String): String {
            val name = type.substringBefore('?')
            return if (name == "Unit") "a verb, which gives nothing" else all[name]?.words ?: name
        }
    }
}
