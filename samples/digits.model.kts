// What is said in a recording? Spoken digits, of two speakers, are written as words, letter by letter. It learns from takes 5
// to 49 of each digit by each speaker, 900 recordings, and is measured on takes 0 to 4, 100 recordings that are never learned
// from: the split of the Free Spoken Digit Dataset. docs/howto/SPEECH.md says where the recordings are found.
//
//     ./heddle train samples/digits.model.kts
//     ./heddle evaluate runs/digits --held-out samples --metrics wer,cer,exact-match
//     ./heddle generate runs/digits --sound samples/data/digits/recordings/7_jackson_0.wav --greedy

val digits = model("digits", width = 96) {
    layout = PreNorm
    dropout = 0.2

    val sound by frames(features = 40) { // a frame every 10 ms, a position every 40 ms
        convolve(channels = 96, kernel = 5, stride = 2)
        convolve(channels = 96, kernel = 5, stride = 2)
        sinusoidal()
    }
    val text by tokens(vocab = 18) { sinusoidal() } // fifteen letters, and <pad> <s> </s>
    val encoder by stack(sound, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward(hidden = 192)
        addNorm()
    }
    val decoder by stack(text, layers = 1) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(hidden = 192)
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
    objective { crossEntropy(next, labelSmoothing = 0.1) }
}

val spoken = recordings(
    "data/digits/train.tsv",
    "data/digits/test.tsv",
    features = logMel(bands = 40, rate = 8_000),
)

val training = recipe(spoken, steps = 1_000) {
    batch(32)
    optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.05)
    schedule = Cosine(warmup = 100, floor = 2e-5)
    clip(1.0)

    evaluate(every = 200)
    wordErrorRate()
    characterErrorRate()
    exactMatch()
}
