// Where the norm sits decides how a deep transformer begins to learn. The Pre-LN paper (Xiong et al. 2020, arXiv 2002.04745)
// says of gradients before the first step that those of the last feed-forward layer are as long for 2 layers as for 12 when
// the norm comes after the residual (post-norm), and fall as 1 / sqrt(layers) when it comes before the sublayer (pre-norm);
// and that post-norm does not train without a warm-up, while pre-norm does. Three experiments show both:
//
//     ./heddle compare samples/pre-vs-post.model.kts --experiment beginnings
//     ./heddle compare samples/pre-vs-post.model.kts --experiment letters
//     ./heddle compare samples/pre-vs-post.model.kts --experiment reversal
//
// Together they take about 8 minutes on 2 cores. README.md has what came out.

val text = text("data/tinyshakespeare.txt", context = 32)

fun decoder(layers: Int) = model("post-norm, $layers layers", width = 64) {
    layout = PostNorm

    val text by tokens(vocab = 65) { sinusoidal() }
    val decoder by stack(text, layers = layers) {
        attention(heads = 4) { causal() }
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder)
}

fun reverser(layers: Int) = model("post-norm", width = 64) {
    layout = PostNorm

    val source by tokens(vocab = 54) { sinusoidal(); scaled() } // 50 numbers, and <unk> <pad> <s> </s>
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = layers) {
        attention(heads = 4)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = layers) {
        attention(heads = 4) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder)
}

/** One step: all that is wanted is what was measured before it. */
val beginnings = experiment("beginnings") {
    for (layers in listOf(2, 4, 6, 8, 12)) {
        variants(decoder(layers), decoder(layers).edit { name = "pre-norm, $layers layers"; layout = PreNorm })
    }
    recipe(text, steps = 1) {
        batch(16)
        evaluate(every = 1, batches = 1)
    }
    seeds(1, 2, 3, 4, 5)
}

val letters = experiment("letters") {
    variant("post-norm", decoder(6))
    variant("pre-norm", decoder(6).edit { layout = PreNorm })
    recipe(text, steps = 400) {
        batch(16)
        optimizer = Adam(learningRate = 1e-3)
        evaluate(every = 50, batches = 20)
    }
    vary { warmup(0, 150) }
    seeds(1, 2, 3)
}

val reversal = experiment("reversal") {
    variant("post-norm", reverser(6))
    variant("pre-norm", reverser(6).edit { layout = PreNorm })
    recipe(reverseTask(validationPairs = 200), steps = 600) {
        batch(16)
        optimizer = Adam(learningRate = 1e-3)
        evaluate(every = 100)
    }
    vary { warmup(0, 300) }
    seeds(1, 2, 3)
}
