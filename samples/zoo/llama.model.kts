// Llama 3: rotary positions, gated feed-forwards, and eight heads of keys and values for thirty-two of queries
// (arXiv 2407.21783).

val llama = model("llama-3-8b", width = 4_096) {
    layout = PreNorm
    norm = RmsNorm(epsilon = 1e-5)
    bias = false

    val text by tokens(vocab = 128_256)
    val decoder by stack(text, layers = 32) {
        attention(heads = 32, keyValueHeads = 8) { causal(); rotary(base = 500_000.0) }
        addNorm()
        feedForward(hidden = 14_336) { gated(Silu) }
        addNorm()
    }
    val next by logits(decoder)
}
