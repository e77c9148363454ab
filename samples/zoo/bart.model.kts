// BART: an encoder that reads a damaged text, and a decoder that writes it whole (arXiv 1910.13461).

val bart = model("bart-base", width = 768) {
    dropout = 0.1
    attentionDropout = 0.1
    initializer = Normal(0.02)

    val source by tokens(vocab = 50_265) { learnedPositions(1_024, unused = 2); norm() }
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 6) {
        attention(heads = 12)
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val decoder by stack(target, layers = 6) {
        attention(heads = 12) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
}
