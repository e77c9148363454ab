// Swin: attention in windows that shift from layer to layer, in stages that halve the grid and double the width
// (arXiv 2103.14030).

fun BlockScope.shiftedWindow(heads: Int, layer: Int, size: Int = 7) {
    attention(heads) { mask = Windows2d(size, shift = if (layer % 2 == 0) 0 else size / 2); relativeBias2d() }
    addNorm()
    feedForward { activation = Gelu }
    addNorm()
}

val swin = model("swin-tiny", width = 96) {
    layout = PreNorm
    initializer = TruncatedNormal(0.02)

    val picture by image(channels = 3, size = 224) { patches(4); norm() }
    val stage1 by stack(picture, layers = 2, ending = Bare) { layer -> shiftedWindow(heads = 3, layer) }
    val merged1 by mergePatches(stage1)
    val stage2 by stack(merged1, layers = 2, ending = Bare) { layer -> shiftedWindow(heads = 6, layer) }
    val merged2 by mergePatches(stage2)
    val stage3 by stack(merged2, layers = 6, ending = Bare) { layer -> shiftedWindow(heads = 12, layer) }
    val merged3 by mergePatches(stage3)
    val stage4 by stack(merged3, layers = 2) { layer -> shiftedWindow(heads = 24, layer) }
    val label by classify(stage4, Mean, classes = 1_000)
}
