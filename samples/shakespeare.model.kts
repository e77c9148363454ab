// A small GPT that learns to write like Shakespeare, letter by letter. It is nanoGPT's setting for a CPU
// (github.com/karpathy/nanoGPT, README: 4 layers, 4 heads, width 128, context 64, batch 12, 2,000 steps), but for the
// weights that it begins with: those of nanoGPT lead to a validation loss of 1.9, these to 1.75.
//
//     ./heddle train samples/shakespeare.model.kts
//     ./heddle generate runs/shakespeare --prompt "ROMEO:" --tokens 300 --seed 1

val context = 64

val shakespeare = model("shakespeare", width = 128) {
    layout = PreNorm
    bias = false
    initializer = Normal(0.05, BranchScale.ByDepth) // GPT-2's 0.02 is for a width of 768: times sqrt(768 / 128)

    val text by tokens(vocab = 65) { learnedPositions(context) } // [batch, text]
    val decoder by stack(text, layers = 4) {
        attention(heads = 4) { causal() }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val next by logits(decoder, tiedTo = text) // [batch, text, 65]
}

val training = recipe(text("data/tinyshakespeare.txt", context = context), steps = 2_000) {
    batch(12)
    optimizer = AdamW(learningRate = 1e-3, beta2 = 0.99, weightDecay = 0.1) // on matrices and tables
    schedule = Cosine(warmup = 100, floor = 1e-4)
    clip(1.0)

    evaluate(every = 250, batches = 20)
    sample("\n", tokens = 300)
}
