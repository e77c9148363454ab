// Numbers are written backwards, as in reverse.model.kts, by a small model that is not yet good at it: first it learns the next
// word of each target, and then what whole sentences are worth, by BLEU (minimum risk, arXiv 1512.02433).
//
//     ./heddle train samples/rewards.model.kts --recipe forced --out runs/forced
//     ./heddle train samples/rewards.model.kts --recipe rewarded --from runs/forced --out runs/rewarded
//
// A third recipe learns as the first, and reads some of its own words while it does (scheduled sampling, arXiv 1906.07651):
//
//     ./heddle train samples/rewards.model.kts --recipe own --out runs/own
//
// The three are compared by what they write, from three seeds:
//
//     ./heddle compare samples/rewards.model.kts
//
// docs/howto/REWARDS.md and docs/howto/OWN_WORDS.md say what they compute, and what came out.

val backwards = model("backwards", width = 32) {
    layout = PreNorm
    dropout = 0.1

    val source by tokens(vocab = 54) { sinusoidal(); scaled() } // 50 numbers, and <unk> <pad> <s> </s>
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 1) {
        attention(heads = 2)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 1) {
        attention(heads = 2) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
}

val numbers = reverseTask(pairs = 20_000, maximumLength = 12, longer = 0)

val forced = recipe(numbers, steps = 1_500) {
    batch(32)
    optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.0)
    schedule = Cosine(warmup = 100, floor = 1e-4)
    clip(1.0)

    evaluate(every = 500)
    bleu(BleuTokenization.None)
    exactMatch()
}

// The same steps, while more and more of what it reads are its own likeliest words, half of them in the end.
val own = recipe(numbers, steps = 1_500) {
    batch(32)
    optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.0)
    schedule = Cosine(warmup = 100, floor = 1e-4)
    clip(1.0)
    decoderInput = DecoderInput.ScheduledSampling(SampledShare.Linear(steps = 3_000, highest = 0.5))

    evaluate(every = 500)
    bleu(BleuTokenization.None)
    exactMatch()
}

val rewarded = recipe(numbers, steps = 120) {
    batch(32)
    optimizer = AdamW(learningRate = 3e-4, weightDecay = 0.0)
    clip(1.0)
    rewards = Rewards.MinimumRisk(Reward.Bleu(BleuTokenization.None), samples = 4)

    evaluate(every = 60)
    bleu(BleuTokenization.None)
    exactMatch()
}

/** As many steps for each; the last of one are rewarded. */
val ways = experiment("ways-of-learning") {
    variant("true words", backwards)
    variant("own words", backwards) {
        decoderInput(DecoderInput.ScheduledSampling(SampledShare.Linear(steps = 3_000, highest = 0.5)))
    }
    variant("rewarded", backwards) {
        rewards(Rewards.MinimumRisk(Reward.Bleu(BleuTokenization.None), samples = 4, after = 1_500))
    }
    recipe(numbers, steps = 1_620) {
        batch(32)
        optimizer = AdamW(learningRate = 2e-3, weightDecay = 0.0)
        schedule = Cosine(warmup = 100, floor = 3e-4)
        clip(1.0)

        evaluate(every = 540)
        bleu(BleuTokenization.None)
        exactMatch()
    }
    judge(by = Metric.Bleu(BleuTokenization.None))
    seeds(1, 2, 3)
}
