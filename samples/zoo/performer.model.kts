// Performer: random features stand for the softmax (FAVOR+, arXiv 2009.14794).

val performer = model("performer", width = 768) {
    val text by tokens(vocab = 50_265) { learnedPositions(4_096) }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12) { kernel = Favor(features = 256) }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text)
}
