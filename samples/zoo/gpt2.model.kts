// GPT-2: a decoder alone, normed before each sublayer (Radford et al. 2019).

val gpt2 = model("gpt2", width = 768) {
    layout = PreNorm
    dropout = 0.1
    attentionDropout = 0.1
    initializer = Normal(0.02, BranchScale.ByDepth)

    val text by tokens(vocab = 50_257) { learnedPositions(1_024) }
    val decoder by stack(text, layers = 12) {
        attention(heads = 12) { causal() }
        addNorm()
        feedForward { activation = GeluTanh }
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
}
