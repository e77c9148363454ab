// ViT: a picture is sixteen by sixteen words (arXiv 2010.11929).

val vit = model("vit-base", width = 768) {
    layout = PreNorm
    norm = LayerNorm(1e-6)

    val picture by image(channels = 3, size = 224) { patches(16); classToken(); learnedPositions() }
    val encoder by stack(picture, layers = 12) {
        attention(heads = 12)
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val label by classify(encoder, First, classes = 1_000)
}
