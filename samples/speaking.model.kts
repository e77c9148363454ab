// What does a word sound like? Spoken digits, read letter by letter, become frames of a spectrogram, as one speaker says them.
// It learns from takes 5 to 49 of each digit, 450 recordings, and is measured on takes 0 to 4, 50 recordings that are never
// learned from. docs/howto/SPEAKING.md says where the recordings are found, and what it comes to.
//
//     ./heddle train samples/speaking.model.kts --model guided
//     ./heddle generate runs/guided --prompt seven --to seven.svg
//     ./heddle attention runs/guided --text seven --path "decoder/1/crossAttention" --out seven-attention.svg
//     ./heddle evaluate runs/guided --held-out samples

val plain = model("plain", width = 96) {
    layout = PreNorm
    dropout = 0.1

    val text by tokens(vocab = 18) { sinusoidal() } // fifteen letters, and <pad> <s> </s>
    val before by spoken(features = 40, reduction = 2) { // a frame every 10 ms, a position every 20 ms
        preNet(96)
        preNet(48)
        project()
        sinusoidal()
    }
    val encoder by stack(text, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward(hidden = 192)
        addNorm()
    }
    val decoder by stack(before, layers = 2) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(hidden = 192)
        addNorm()
    }
    val sound by speech(decoder)
    objective {
        frameError(sound)
        stopCrossEntropy(sound, positive = 5.0)
    }
}

val guided = plain.edit {
    name = "guided"
    objective {
        frameError("sound")
        stopCrossEntropy("sound", positive = 5.0)
        guidedAttention("decoder/*/crossAttention", sharpness = 0.2, weight = 1.0)
    }
}

val spoken = recordings(
    "data/digits/jackson-train.tsv",
    "data/digits/jackson-test.tsv",
    features = logMel(bands = 40, rate = 8_000, scaling = SpectrogramScaling.Fixed(mean = -8.4, deviation = 3.9)),
)

val training = recipe(spoken, steps = 1_000) {
    batch(32)
    optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.01)
    schedule = Cosine(warmup = 100, floor = 2e-5)
    clip(1.0)

    evaluate(every = 100)
}
