// The base model of "Attention Is All You Need" (arXiv 1706.03762): 6 layers, width 512, 8 heads, one table of 37,000
// tokens for the source, the target and the scores. Its feed-forward has the paper's 2,048 by default, 4 x width.
//
//     ./heddle check samples/transformer-base.model.kts
//     ./heddle summary samples/transformer-base.model.kts

val transformer = model("transformer-base", width = 512) {
    dropout = 0.1
    val source by tokens(vocab = 37_000) { sinusoidal(); scaled() }
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 6) {
        attention(heads = 8)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 6) {
        attention(heads = 8) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
    objective { crossEntropy(next, labelSmoothing = 0.1) }
}
