// Digits become Roman numerals, one beside the other: "3 0 4" is "I I I I V". Each digit makes up to four letters, and 0 makes
// none: how many, its fertility says, and the decoder reads so many copies of it (arXiv 1711.02281, section 3.3).
//
//     ./heddle train samples/numerals.model.kts --model fertile --recipe aligned
//     ./heddle train samples/numerals.model.kts --model fertile --recipe unaligned --out runs/unaligned
//     ./heddle train samples/numerals.model.kts --model stepwise --recipe words
//     ./heddle evaluate runs/fertile --source samples/data/numerals/dev.src \
//         --target samples/data/numerals/dev.trg --greedy --metrics bleu,exact-match --speed
//
// All three from three seeds, in 8 minutes of two cores:
//
//     ./heddle compare samples/numerals.model.kts
//
// docs/howto/ALL_AT_ONCE.md says what they compute, how good they are, and how fast.

// All letters at once.
val fertile = model("fertile", width = 64) {
    layout = PreNorm

    val source by tokens(vocab = 17) { sinusoidal() } // 10 digits, 3 letters, and <unk> <pad> <s> </s>
    val encoder by stack(source, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward()
        addNorm()
    }
    val fertility by classify(encoder, Each, classes = 8)
    val blanks by copies(source, fertility) { sinusoidal() }
    val decoder by stack(blanks, layers = 2) {
        attention(heads = 4) // not causal
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val letters by logits(decoder, tiedTo = source)
    objective {
        crossEntropy(letters)
        crossEntropy(fertility)
    }
}

// The same sizes, letter by letter.
val stepwise = model("stepwise", width = 64) {
    layout = PreNorm

    val source by tokens(vocab = 17) { sinusoidal() }
    val target by tokens(tiedTo = source) { sinusoidal() }
    val encoder by stack(source, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 2) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
}

val folder = "data/numerals"
val plain = files("$folder/train.src", "$folder/train.trg")
val plainHeldOut = files("$folder/dev.src", "$folder/dev.trg")
val linked = files("$folder/train.src", "$folder/train.trg", alignments = "$folder/train.align")
val linkedHeldOut = files("$folder/dev.src", "$folder/dev.trg", alignments = "$folder/dev.align")

fun RecipeScope.alike() { // what all three have in common
    batch(32)
    optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.0)
    schedule = Cosine(warmup = 60, floor = 1e-4)
    clip(1.0)
    evaluate(every = 200)
    bleu(BleuTokenization.None)
    exactMatch()
}

// An aligner has said which digit makes which letters.
val aligned = recipe(pairs(linked, linkedHeldOut, Tokenization.Words(minimum = 1)), steps = 1_200) {
    alike()
    decoderInput = DecoderInput.Blanks
}

// Only how many letters there are is known.
val unaligned = recipe(pairs(plain, plainHeldOut, Tokenization.Words(minimum = 1)), steps = 1_200) {
    alike()
    decoderInput = DecoderInput.Blanks
}

val words = recipe(pairs(plain, plainHeldOut, Tokenization.Words(minimum = 1)), steps = 1_200) { alike() }

/** The three beside each other: of losses that are not of the same words, what is written judges. */
val ways = experiment("ways-of-writing") {
    variant("word by word", stepwise)
    variant("all at once, by alignments", fertile) {
        decoderInput(DecoderInput.Blanks)
        data(aligned.data)
    }
    variant("all at once, by lengths", fertile) { decoderInput(DecoderInput.Blanks) }
    recipe(words)
    judge(by = Metric.ExactMatch)
    seeds(1, 2, 3)
}
