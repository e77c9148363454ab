// The base model of "Attention Is All You Need" (arXiv 1706.03762, table 3), to be checked and compared; and the same
// with its norms before the sublayers, which can be trained without warm-up (arXiv 2002.04745).
//
//     heddle check samples/transformer-base.model.kts

val transformer = model("transformer-base", width = 512) {
    dropout = 0.1
    val source by tokens(vocab = 37_000) { sinusoidal(); scaled() }
    val target by tokens(tiedTo = source) { sinusoidal(); scaled() }
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

val preNorm = transformer.edit {
    name = "transformer-base-pre-norm"
    layout = PreNorm
}
