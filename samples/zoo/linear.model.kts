// The linear transformer: features instead of a softmax, at a cost linear in the length (arXiv 2006.16236).

val linear = model("linear-transformer", width = 768) {
    val text by tokens(vocab = 50_265) { learnedPositions(4_096) }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12) { causal(); kernel = EluPlusOne }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text)
}
