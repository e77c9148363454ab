// Letters become the words that radio operators say for them, letter by letter: "cab" is "charlie alfa bravo". What is
// written goes along what is read, so that attention may be told so (guided attention, arXiv 1710.08969, section 4.1).
//
//     ./heddle train samples/spelling.model.kts --model guided
//     ./heddle attention runs/guided --text "cafebad" --target "charlie alfa foxtrot" --path "decoder/1/crossAttention"
//     ./heddle attention runs/guided --text "cafebad" --path "decoder/*/crossAttention" --out spelling.html
//
// docs/howto/COPYING.md says how soon the heat maps become diagonal, with guidance and without.

val plain = model("plain", width = 32) {
    layout = PreNorm

    val source by tokens(vocab = 32) { sinusoidal() }
    val target by tokens(tiedTo = source) { sinusoidal() }
    val encoder by stack(source, layers = 1) {
        attention(heads = 2)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 2) {
        attention(heads = 2) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
}

val guided = plain.edit { // half as strong after every 200 steps
    name = "guided"
    objective {
        crossEntropy("next")
        guidedAttention("decoder/*/crossAttention", sharpness = 0.2, weight = 10.0, decay = Decay.HalfLife(200))
    }
}

val training = recipe(
    pairs(tabSeparated("data/spelling/train.tsv"), tabSeparated("data/spelling/dev.tsv"), Tokenization.Characters),
    steps = 400,
) {
    batch(16)
    optimizer = AdamW(learningRate = 3e-3)
    schedule = Cosine(warmup = 40, floor = 1e-4)
    clip(1.0)
    evaluate(every = 100)
}
