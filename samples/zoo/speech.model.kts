// Speech in, characters out: convolutions shorten what is heard, and attention is asked to move on with it
// (arXiv 1710.08969, section 4.1).

val speech = model("speech", width = 256) {
    dropout = 0.1

    val sound by frames(features = 80) {
        convolve(channels = 256, kernel = 3, stride = 2)
        convolve(channels = 256, kernel = 3, stride = 2)
        sinusoidal()
    }
    val text by tokens(vocab = 32) { sinusoidal() }
    val encoder by stack(sound, layers = 12) {
        attention(heads = 4)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(text, layers = 6) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
    objective { crossEntropy(next, labelSmoothing = 0.1); guidedAttention("decoder/*/crossAttention", sharpness = 0.2) }
}
