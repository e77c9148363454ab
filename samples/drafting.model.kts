// A large model of Shakespeare's letters, and a small one that writes ahead of it (arXiv 2211.17192). Neither has learned
// positions, and each letter sees the 64 before it, so that both write on and on.
//
//     ./heddle train samples/drafting.model.kts --model large
//     ./heddle train samples/drafting.model.kts --model small
//     ./heddle generate runs/large --prompt "ROMEO:" --tokens 4000 --seed 1 --speed
//     ./heddle generate runs/large --prompt "ROMEO:" --tokens 4000 --seed 1 --speed --draft runs/small
//
// The second one tells how many tokens were accepted, and both how many were written in a second.

fun letters(name: String, width: Int, layers: Int) = model(name, width) {
    layout = PreNorm
    bias = false
    initializer = Normal(0.05, BranchScale.ByDepth)

    val text by tokens(vocab = 65) { noPositions() }
    val decoder by stack(text, layers) {
        attention(heads = width / 32) {
            rotary()
            mask = Causal and Window(64)
        }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
}

val large = letters("large", width = 256, layers = 6)
val small = letters("small", width = 64, layers = 1)

val training = recipe(text("data/tinyshakespeare.txt", context = 64), steps = 400) {
    batch(12)
    optimizer = AdamW(learningRate = 1e-3, beta2 = 0.99, weightDecay = 0.1)
    schedule = Cosine(warmup = 50, floor = 1e-4)
    clip(1.0)
    evaluate(every = 100, batches = 10)
}
