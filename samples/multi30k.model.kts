// English to German on Multi30k: 29,000 captions of pictures, lower-cased and cut into words (github.com/multi30k/dataset, task 1).
// The data is for research and not kept here: docs/howto/TASKS.md says where it is found. The model is fairseq's transformer_tiny
// as arXiv 2105.14462 trains it on this data, section 4.1: 4 + 4 layers of width 128, 4 heads, feed-forward 256, dropout 0.3, one
// table of byte pairs for the source, the target and the scores.
//
//     ./heddle train samples/multi30k.model.kts
//     ./heddle evaluate runs/multi30k --source samples/data/multi30k/test.en --target samples/data/multi30k/test.de --beam 5

val multi30k = model("multi30k", width = 128) {
    layout = PreNorm
    dropout = 0.2

    val source by tokens(vocab = 4_000) { sinusoidal(); scaled() }
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 4) {
        attention(heads = 4)
        addNorm()
        feedForward(256)
        addNorm()
    }
    val decoder by stack(target, layers = 4) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(256)
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
    objective { crossEntropy(next, labelSmoothing = 0.1) }
}

val captions = pairs(
    training = files("data/multi30k/train.en", "data/multi30k/train.de"),
    validation = files("data/multi30k/val.en", "data/multi30k/val.de"),
    tokenizer = Tokenization.BytePairEncoding(vocabulary = 4_000),
)

val training = recipe(captions, steps = 8_000) {
    batchTokens(2_048)
    optimizer = Adam(learningRate = 3e-3, beta2 = 0.98)
    schedule = Cosine(warmup = 800)
    evaluate(every = 1_000)
    bleu(BleuTokenization.None) // the files are cut into words already
}
