// T5: every task is text to text; positions are a bias of scores, declared once and read by every layer
// (arXiv 1910.10683).

val t5 = model("t5-small", width = 512) {
    layout = PreNorm
    norm = RmsNorm()
    bias = false
    dropout = 0.1

    val source by tokens(vocab = 32_128)
    val target by tokens(tiedTo = source)
    val encoderBias by relativeBias(heads = 8, buckets = 32, distance = 128)
    val decoderBias by relativeBias(heads = 8, buckets = 32, distance = 128, bidirectional = false)
    val encoder by stack(source, layers = 6) {
        attention(heads = 8) { relativeBias(encoderBias); scale = 1.0 }
        addNorm()
        feedForward { dropout = 0.1 }
        addNorm()
    }
    val decoder by stack(target, layers = 6) {
        attention(heads = 8) { causal(); relativeBias(decoderBias); scale = 1.0 }
        addNorm()
        crossAttention(from = encoder) { scale = 1.0 }
        addNorm()
        feedForward { dropout = 0.1 }
        addNorm()
    }
    val next by logits(decoder, tiedTo = target) { scaledDown() }
}
