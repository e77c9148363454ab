// BERT: an encoder that fills in hidden words, and tells whether two sentences follow each other (arXiv 1810.04805).

val bert = model("bert-base", width = 768) {
    norm = LayerNorm(1e-12)
    dropout = 0.1
    attentionDropout = 0.1
    initializer = TruncatedNormal(0.02)

    val text by tokens(vocab = 30_522) { learnedPositions(512); segments(2); norm() }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12)
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val pooled by pool(encoder, First) { dense(activation = Tanh) }
    val masked by logits(encoder, tiedTo = text) { dense(activation = Gelu); norm(); bias = true }
    val follows by classify(pooled, classes = 2)
}

val body = bert.edit { name = "bert-base-body"; remove("masked"); remove("follows") } // what its 109,482,240 weights are
