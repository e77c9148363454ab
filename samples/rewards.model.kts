// The reverse task of reverse.model.kts: first by cross entropy, then by a reward for what is written, beside a training that
// goes on by cross entropy for as many steps. docs/howto/REWARDS.md says what came of it.
//
//     ./heddle train samples/rewards.model.kts --recipe rewarded --out runs/rewarded
//     ./heddle train samples/rewards.model.kts --recipe forced --out runs/forced

val reverse = model("reverse", width = 64) {
    layout = PreNorm

    val source by tokens(vocab = 54) { sinusoidal(); scaled() } // 50 numbers, and <unk> <pad> <s> </s>
    val target by tokens(tiedTo = source)
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

val before = 1_500 // steps of cross entropy
val all = 2_000

fun RecipeScope.usual() {
    batch(24)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 0.0)
    schedule = Linear(warmup = 100, floor = 1e-4)
    clip(1.0)
    evaluate(every = 500)
    bleu()
    exactMatch()
}

val forced = recipe(reverseTask(), steps = all) { usual() }

val rewarded = recipe(reverseTask(), steps = all) {
    usual()
    rewards = Rewards.Reinforce(Reward.Bleu(BleuTokenization.None), Baseline.SelfCritical, after = before)
}
