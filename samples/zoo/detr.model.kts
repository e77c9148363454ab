// DETR: a hundred learned questions, each answered with a box and a class (arXiv 2005.12872). Positions belong to
// queries and keys alone; every layer's answers are judged, by the same heads after the same norm.

val detr = model("detr-resnet-50", width = 256) {
    dropout = 0.1
    attentionDropout = 0.1

    val features by featureMap(channels = 2_048) { project(); sinusoidal2d(to = QueriesAndKeys) }
    val objects by learned(100, to = QueriesAndKeys)
    val encoder by stack(features, layers = 6) {
        attention(heads = 8)
        addNorm()
        feedForward(hidden = 2_048) { dropout = 0.1 }
        addNorm()
    }
    val decoder by stack(objects, layers = 6) {
        attention(heads = 8)
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward(hidden = 2_048) { dropout = 0.1 }
        addNorm()
    }
    val answers by norm(decoder)
    val label by classify(answers, Each, classes = 92) // the last one is "nothing"
    val box by boxes(answers, layers = 3)
    objective { matching(label, box, depth = AllLayers) }
}
