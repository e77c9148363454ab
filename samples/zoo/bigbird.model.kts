// BigBird: blocks that see their neighbours, the first and the last block, and three at random (arXiv 2007.14062).

val bigbird = model("bigbird", width = 768) {
    val text by tokens(vocab = 50_265) { learnedPositions(4_096) }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12) { mask = Blocks(64) of (Window(1) or Global(0, -1) or Random(3, seed = 0)) }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text)
}
