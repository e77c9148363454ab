val shapeFinder = model("shapes", width = 64) {
    layout = PreNorm

    val picture by image(channels = 1, size = 48) { patches(6); sinusoidal2d() }
    val objects by learned(8, to = QueriesAndKeys)
    val encoder by stack(picture, layers = 2) {
        attention(heads = 4)
        addNorm()
        feedForward(128)
        addNorm()
    }
    val decoder by stack(objects, layers = 2) {
        attention(heads = 4)
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(128)
        addNorm()
    }
    val label by classify(decoder, Each, classes = 4) // the last one is "nothing"
    val box by boxes(decoder, layers = 3)
    objective { matching(label, box, depth = AllLayers) }
}

val kinds = listOf("square", "disc", "triangle")
val drawn = boxedPictures(training = shapes(8_000), validation = shapes(200), classes = kinds)

val training = recipe(drawn, steps = 4_000) {
    batch(32)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 1e-4)
    schedule = Cosine(warmup = 200, floor = 1e-5)
    clip(1.0)

    evaluate(every = 400)
    meanAveragePrecision()
}
