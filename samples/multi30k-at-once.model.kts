// English to German on Multi30k, as in multi30k.model.kts, but all words at once: masks are filled in, and the least sure
// words once more (mask-predict, arXiv 1904.09324). The data is for research and not kept here: docs/howto/TASKS.md says
// where it is found.
//
//     ./heddle train samples/multi30k-at-once.model.kts --model teacher --recipe teaching
//     ./heddle train samples/multi30k-at-once.model.kts --model captions --recipe masked
//     ./heddle evaluate runs/captions --source samples/data/multi30k/test.en \
//         --target samples/data/multi30k/test.de --passes 4 --metrics bleu,chrf --speed
//
// The teacher goes word by word, and its weights are what the others begin with: words of which half are hidden teach less
// than words that all are read, and a few minutes are not enough for it (arXiv 1911.08717).
//
// What people write for one caption differs, and words that are written at once cannot agree on one of its translations. The
// third recipe learns from what the teacher writes, which is more regular (arXiv 1606.07947):
//
//     ./heddle generate runs/teacher --sources samples/data/multi30k/train.en \
//         --to samples/data/multi30k/distilled.de --greedy
//     ./heddle train samples/multi30k-at-once.model.kts --model captions --recipe distilled --out runs/distilled
//
// On the test set of 2016 the teacher has a BLEU of 32.6, greedy, and the distilled model 22.8, 27.1 and 30.2 in 1, 4 and 10
// passes, the last over 5 lengths, or 31.1 where the teacher chooses among these. A training takes some 16 minutes of one core.
// docs/howto/ALL_AT_ONCE.md says what they compute, and how fast.

// What reads and writes all words at once.
val captions = model("captions", width = 128) {
    layout = PreNorm
    dropout = 0.1

    val source by tokens(vocab = 4_001) { sinusoidal(); scaled() } // 4,000 pieces, and the mask
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 4) {
        attention(heads = 4)
        addNorm()
        feedForward(256)
        addNorm()
    }
    val length by classify(encoder, Mean, classes = 81) // up to 79 pieces and </s>
    val decoder by stack(target, layers = 4) {
        attention(heads = 4) // not causal
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(256)
        addNorm()
    }
    val words by logits(decoder, tiedTo = target)
    objective {
        crossEntropy(words, labelSmoothing = 0.1)
        crossEntropy(length, weight = 0.1)
    }
}

// The same sizes, word by word.
val teacher = model("teacher", width = 128) {
    layout = PreNorm
    dropout = 0.1

    val source by tokens(vocab = 4_001) { sinusoidal(); scaled() }
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
    val words by logits(decoder, tiedTo = target)
    objective { crossEntropy(words, labelSmoothing = 0.1) }
}

fun translations(of: String, tokens: Tokenization) = pairs(
    training = files("data/multi30k/train.en", "data/multi30k/$of.de"),
    validation = files("data/multi30k/val.en", "data/multi30k/val.de"),
    tokenizer = tokens,
    maximumLength = 79,
)

val teaching = recipe(translations("train", Tokenization.BytePairEncoding(vocabulary = 4_000)), steps = 2_400) {
    batchTokens(2_048)
    optimizer = Adam(learningRate = 3e-3, beta2 = 0.98)
    schedule = Cosine(warmup = 400)
    clip(1.0)
    evaluate(every = 800)
    bleu(BleuTokenization.None) // the files are cut into words already
}

val itsTokens = Tokenization.File("../runs/teacher/checkpoint/tokenizer")

fun taught(of: String) = recipe(translations(of, itsTokens), steps = 2_400) {
    startingWeights = StartingWeights.Of("../runs/teacher")
    batchTokens(2_048)
    optimizer = Adam(learningRate = 1.5e-3, beta2 = 0.98)
    schedule = Cosine(warmup = 200)
    clip(1.0)
    decoderInput = DecoderInput.Masked
    evaluate(every = 800)
    bleu(BleuTokenization.None)
}

val masked = taught("train")
val distilled = taught("distilled")
