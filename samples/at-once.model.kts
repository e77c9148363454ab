// Numbers are written backwards, as in reverse.model.kts, but all at once: a classifier foretells how many there are, and
// the decoder sees all places of its target.
//
//     ./heddle train samples/at-once.model.kts --model refined --recipe masked
//     ./heddle generate runs/refined --prompt "3 14 15 9 26" --passes 4
//     ./heddle train samples/at-once.model.kts --model unchained --recipe blanks
//     ./heddle train samples/at-once.model.kts --model chained --recipe blanks
//
// docs/howto/ALL_AT_ONCE.md says what they compute; heddle evaluate --speed tells how good and how fast they are.

val rate = 0.1 // of dropout, everywhere

// Masks are filled in, and the least sure words once more (mask-predict, arXiv 1904.09324).
val refined = model("refined", width = 64) {
    layout = PreNorm
    dropout = rate
    attentionDropout = rate

    val source by tokens(vocab = 55) { sinusoidal(); scaled() } // 50 numbers, <unk> <pad> <s> </s>, and the mask
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward { dropout = rate }
        addNorm()
    }
    val length by classify(encoder, Last, classes = 32) // up to 25 numbers and </s>, told by the source's own </s>
    val decoder by stack(target, layers = 2) {
        attention(heads = 4)
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward { dropout = rate }
        addNorm()
    }
    val words by logits(decoder, tiedTo = target)
    objective {
        crossEntropy(words)
        crossEntropy(length, weight = 0.1)
    }
}

// Copies of the source become the target, in one pass (arXiv 1711.02281).
val unchained = model("unchained", width = 64) {
    layout = PreNorm
    dropout = rate
    attentionDropout = rate

    val source by tokens(vocab = 54) { sinusoidal(); scaled() }
    val encoder by stack(source, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward { dropout = rate }
        addNorm()
    }
    val length by classify(encoder, Last, classes = 32)
    val blanks by copies(source, length) { sinusoidal() }
    val decoder by stack(blanks, layers = 2) {
        attention(heads = 4) { mask = !Self }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward { dropout = rate }
        addNorm()
    }
    val words by logits(decoder, tiedTo = source)
    objective {
        crossEntropy(words)
        crossEntropy(length, weight = 0.1)
    }
}

// The same, and neighbours are scored together (arXiv 1910.11555).
val chained = unchained.edit {
    name = "chained"
    logits("words") { crf(rank = 16, beam = 16) }
}

// A classifier of lengths knows none that it never saw: what is held out is of up to 25 numbers, too.
val numbers = reverseTask(longer = 0)

val masked = recipe(numbers, steps = 8_000) {
    batch(24)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 0.0)
    schedule = Cosine(warmup = 200, floor = 1e-4)
    clip(1.0)
    decoderInput = DecoderInput.Masked

    evaluate(every = 1_000)
    bleu()
}

val blanks = recipe(numbers, steps = 4_000) {
    batch(24)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 0.0)
    schedule = Cosine(warmup = 200, floor = 1e-4)
    clip(1.0)
    decoderInput = DecoderInput.Blanks

    evaluate(every = 1_000)
    bleu()
}
