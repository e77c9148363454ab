// Switch: every second layer sends each word to one of 128 experts (arXiv 2101.03961).

val switch = model("switch-base-128", width = 768) {
    layout = PreNorm
    norm = RmsNorm()
    bias = false

    val text by tokens(vocab = 32_128)
    val decoder by stack(text, layers = 12) { layer ->
        attention(heads = 12) { causal(); rotary() }
        addNorm()
        if (layer % 2 == 1) experts(128, topK = 1, capacity = 1.25) { feedForward(hidden = 2_048) }
        else feedForward(hidden = 2_048)
        addNorm()
    }
    val next by logits(decoder, tiedTo = text)
    objective { crossEntropy(next); loadBalance("decoder/*/experts", weight = 0.01) }
}
