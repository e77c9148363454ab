// The Transformer: an encoder, and a decoder that reads it ("Attention Is All You Need", arXiv 1706.03762, table 3).

fun transformer(name: String, width: Int, heads: Int, rate: Double) = model(name, width) {
    dropout = rate
    val source by tokens(vocab = 37_000) { sinusoidal(); scaled() } // byte pairs, shared by both languages
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 6) {
        attention(heads)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 6) {
        attention(heads) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
    objective { crossEntropy(next, labelSmoothing = 0.1) }
}

val base = transformer("transformer-base", width = 512, heads = 8, rate = 0.1)
val big = transformer("transformer-big", width = 1_024, heads = 16, rate = 0.3)
