// A decoder that may copy words from what it reads (arXiv 1704.04368): every name is made up, and comes in one pair alone,
// so that no vocabulary has it, and those of the test were never seen. Without `copyFrom` it can only write "<unk>".
//
//     ./heddle train samples/names.model.kts --model copying
//     ./heddle generate runs/copying --prompt "Zamka met Venno in Torris" --greedy
//     ./heddle evaluate runs/copying --pairs samples/data/names/test.tsv
//
// docs/howto/COPYING.md says what it comes to, with copying and without.

val plain = model("plain", width = 48) {
    layout = PreNorm

    val source by tokens(vocab = 32) { sinusoidal() } // 20 words that come again and again, and <unk> <pad> <s> </s>
    val target by tokens(vocab = 32) { sinusoidal() }
    val encoder by stack(source, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward(hidden = 96)
        addNorm()
    }
    val decoder by stack(target, layers = 2) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder, heads = 4)
        addNorm()
        feedForward(hidden = 96)
        addNorm()
    }
    val next by logits(decoder, vocab = 32)
}

val copying = plain.edit { // one head points; the others are free to look elsewhere
    name = "copying"
    val source = tokensNamed("source")
    logits("next") { copyFrom(source, through = "decoder/1/crossAttention", heads = CopyHeads.One(0)) }
}

val training = recipe(
    pairs(tabSeparated("data/names/train.tsv"), tabSeparated("data/names/dev.tsv"), Tokenization.Words(minimum = 20)),
    steps = 300,
) {
    batch(16)
    optimizer = AdamW(learningRate = 4e-3)
    schedule = Cosine(warmup = 50, floor = 1e-4)
    clip(1.0)
    evaluate(every = 100)
    bleu(BleuTokenization.None)
}
