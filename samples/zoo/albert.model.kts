// ALBERT: one layer's weights for all layers, and a narrow table (arXiv 1909.11942).

val albert = model("albert-base", width = 768) {
    norm = LayerNorm(1e-12)
    initializer = TruncatedNormal(0.02)

    val text by tokens(vocab = 30_000, width = 128) { learnedPositions(512); segments(2); norm(); project() }
    val encoder by stack(text, layers = 12, weights = Shared) {
        attention(heads = 12)
        addNorm()
        feedForward { activation = GeluTanh }
        addNorm()
    }
    val pooled by pool(encoder, First) { dense(activation = Tanh) }
    val masked by logits(encoder, tiedTo = text) { dense(width = 128, activation = GeluTanh); norm(); bias = true }
}
