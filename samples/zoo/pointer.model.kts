// A summarizer that may copy words from what it reads (arXiv 1704.04368); each layer of its decoder reads its own layer
// of the encoder (layer-wise multi-view decoding, arXiv 2005.08081).

val pointer = model("pointer", width = 512) {
    val source by tokens(vocab = 50_000) { sinusoidal() }
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 6) {
        attention(heads = 8)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 6) { layer ->
        attention(heads = 8) { causal() }
        addNorm()
        crossAttention(from = encoder.layer(layer))
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target) { copyFrom(source, through = "decoder/5/crossAttention") }
}
