// Translation in one step: a length, then every word at once (arXiv 1711.02281), scored together (arXiv 1910.11555).

val parallel = model("nat-crf", width = 512) {
    val source by tokens(vocab = 32_000) { sinusoidal() }
    val encoder by stack(source, layers = 6) {
        attention(heads = 8)
        addNorm()
        feedForward()
        addNorm()
    }
    val length by classify(encoder, Mean, classes = 256)
    val blanks by copies(source, length) { sinusoidal() }
    val decoder by stack(blanks, layers = 6) {
        attention(heads = 8) { mask = !Self }
        addNorm()
        attention(heads = 8, name = "positional") { positional() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val words by logits(decoder, tiedTo = source) { crf(rank = 32, beam = 64) }
}
