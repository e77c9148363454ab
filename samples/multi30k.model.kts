// English to German on Multi30k: 29,000 captions of pictures, lower-cased and cut into words (github.com/multi30k/dataset).
// The data is for research and not kept here: docs/howto/TASKS.md says where it is found. The model has the sizes of
// fairseq's transformer_tiny, which "Good for Misconceived Reasons" (Wu et al. 2021) trains on this data: 4 + 4 layers of
// width 128, 4 heads, feed-forward 256, and one table of byte pairs for the source, the target and the scores.
//
// BLEU of the test captions of 2016 is 38.6 and chrF 63.1, by a beam of 5 (published: 41.02 after 8,000 steps). Layout,
// dropout and rate are those that learn fast: with post-norm, dropout 0.3, a warm-up of 2,000 steps to a rate of 5e-3 and
// batches of 4,096 tokens, BLEU on the held-out captions was 7.0 after 2,000 steps, where it is 27.1 here.
//
//     ./heddle train samples/multi30k.model.kts
//     ./heddle evaluate runs/multi30k --source samples/data/multi30k/test.en \
//         --target samples/data/multi30k/test.de --beam 5 --metrics bleu,chrf

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
