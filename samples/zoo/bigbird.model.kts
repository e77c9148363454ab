// BigBird: blocks that see their neighbours, the first and the last block, and three at random (arXiv 2007.14062).

val bigbird = model("bigbird", width = 768) {
    norm = LayerNorm(1e-12)
    initializer = TruncatedNormal(0.02)

    val text by tokens(vocab = 50_358) { learnedPositions(4_096); segments(2); norm() }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12) { mask = Blocks(64) of (Window(1) or Global(0, -1) or Random(3, seed = 0)) }
        addNorm()
        feedForward { activation = GeluTanh }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text) { dense(activation = GeluTanh); norm(); bias = true }
}
