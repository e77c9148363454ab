// Linformer: keys and values are mixed down to 256, whatever the length (arXiv 2006.04768).

val linformer = model("linformer", width = 768) {
    val text by tokens(vocab = 50_265) { learnedPositions(4_096) }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12) { lowRank(256) }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text)
}
