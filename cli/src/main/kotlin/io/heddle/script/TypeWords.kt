package io.heddle.script

/** What types are called by one who describes models, and how a value of one is said. */
internal object TypeWords {
    /** By the type's name: its words, and the mend where something else stands in its place. */
    val all: Map<String, Pair<String, String>> =
        mapOf(
            "Int" to ("a whole number" to "Write it without a point and without quotes: 2."),
            "Long" to ("a whole number" to "Write it without a point and without quotes: 2."),
            "Double" to ("a number with a point" to "Write it with a point and without quotes: 0.1, or 1.0 for 1."),
            "Boolean" to ("true or false" to "Write true or false, without quotes."),
            "String" to ("a text" to "Write it in quotes: \"text\"."),
            "Mask" to ("a mask" to "Say one, as Causal, Window(128) or Given(edges), or several joined by and."),
            "Layout" to ("a layout" to "Say one, as PostNorm or PreNorm, without quotes."),
            "Norm" to ("a norm" to "Say one, as LayerNorm(), RmsNorm(1e-6) or NoNorm."),
            "Activation" to ("an activation" to "Say one, as Relu, Gelu or Silu, without quotes."),
            "Initializer" to ("an initializer" to "Say one, as Normal(0.02) or XavierUniform()."),
            "Sharing" to ("whose weights layers have" to "Say Own, Shared or Groups(4)."),
            "Pooling" to ("a pooling" to "Say one, as First, Last, Mean or Max, without quotes."),
            "PositionTarget" to ("what positions are added to" to "Say Input, QueriesAndKeys or EveryLayer."),
            "Temperature" to ("a temperature" to "Say Learned(0.07) or Fixed(0.1)."),
            "FeatureMap" to ("a feature map" to "Say EluPlusOne, ReluFeatures(256) or Favor(256)."),
            "Sequence" to ("a sequence" to SEQUENCE),
            "SequenceComponent" to ("a sequence" to SEQUENCE),
            "TokenInput" to ("an input of tokens" to "Describe one, and say its name: val text by tokens(vocab = 65)."),
            "Stack" to ("a stack" to "Describe one, and say its name: val encoder by stack(text, layers = 6) { ... }."),
            "Pool" to ("one vector of a sequence" to "Pool the sequence first: val whole by pool(encoder, Mean)."),
            "Logits" to ("scores of tokens" to "Describe them, and say their name: val next by logits(decoder)."),
            "Classify" to ("a classifier" to "Describe one: val label by classify(encoder, Mean, classes = 2)."),
            "RelationInput" to ("a relation" to "Describe one, and say its name: val edges by relation(text)."),
            "RelativeBias" to ("a relative bias" to "Describe one: val near by relativeBias(heads = 8)."),
            "Model" to
                ("a model" to "Describe one, and say its name: val small = model(\"small\", width = 64) { ... }."),
        )

    /** What a value of the type named [type] is called. */
    fun words(type: String): String {
        val name = type.substringBefore('?')
        return if (name == "Unit") "a verb, which gives nothing" else all[name]?.first ?: name
    }

    private const val SEQUENCE = "Say the name of an input or of a stack, or a layer: encoder.layer(3)."
}
