// Reformer: words look at words of like hash, and layers can be computed backwards (arXiv 2001.04451).

val reformer = model("reformer", width = 768) {
    layout = Reversible(Merge.Concatenation)

    val text by tokens(vocab = 50_265) { learnedPositions(4_096) }
    val decoder by stack(text, layers = 12) {
        attention(heads = 12) { causal(); hashed(buckets = 64, rounds = 4, chunk = 64) }
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val next by logits(decoder)
}
