// Transformer-XL: what was read before is remembered, and positions are distances (arXiv 1901.02860).

val transformerXl = model("transformer-xl", width = 410) {
    dropout = 0.1

    val text by tokens(vocab = 267_735) { adaptive(20_000, 40_000, 200_000, factor = 1); scaled() }
    val decoder by stack(text, layers = 16) {
        attention(heads = 10, headWidth = 41) { causal(); relativeSinusoidal(); memory(150); bias = false }
        addNorm()
        feedForward(hidden = 2_100) { dropout = 0.1 }
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
}
