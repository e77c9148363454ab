// A small BERT (arXiv 1810.04805) of letters: it fills in those that are hidden, 15 of 100, from what stands around them. The
// setting is that of shakespeare.model.kts, but for the mask, which is letter number 66, and for larger batches: a step
// learns from 15 letters of 100 only. It is right about 50.7 % of the hidden letters; a space for each would be about 14.9 %.
//
//     ./heddle train samples/masked.model.kts
//     ./heddle evaluate runs/masked --text sonnets.txt

val context = 64

val masked = model("masked", width = 128) {
    layout = PreNorm
    initializer = Normal(0.05, BranchScale.ByDepth)

    val text by tokens(vocab = 66) { learnedPositions(context) } // 65 letters and the mask
    val encoder by stack(text, layers = 4) {
        attention(heads = 4) // sees what comes before and after
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val hidden by logits(encoder, tiedTo = text)
}

val training = recipe(maskedText("data/tinyshakespeare.txt", context = context), steps = 1_500) {
    batch(32)
    optimizer = AdamW(learningRate = 1e-3, beta2 = 0.99, weightDecay = 0.1)
    schedule = Cosine(warmup = 100, floor = 1e-4)
    clip(1.0)

    evaluate(every = 250, batches = 20)
}
