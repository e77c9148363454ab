// CLIP: a tower that reads and a tower that looks, and how well they agree (arXiv 2103.00020).

val clip = model("clip-vit-b-32", width = 512) {
    layout = PreNorm

    val text by tokens(vocab = 49_408) { learnedPositions(77) }
    val picture by image(channels = 3, size = 224, width = 768) { patches(32); bias = false; classToken(); learnedPositions(); norm() }
    val reader by stack(text, layers = 12) {
        attention(heads = 8) { causal() }
        addNorm()
        feedForward { activation = QuickGelu }
        addNorm()
    }
    val viewer by stack(picture, layers = 12) {
        attention(heads = 12)
        addNorm()
        feedForward { activation = QuickGelu }
        addNorm()
    }
    val caption by pool(reader, Last)
    val scene by pool(viewer, First)
    val similarity by contrast(scene, caption, width = 512, temperature = Learned(0.07))
}
