// Which block is a node of? In graphs of a stochastic block model (arXiv 1807.09596) each node has four noisy features, of which its
// own block's is a little greater, and is joined to more nodes of its own block than of others. Two models differ in what an
// attention may look at: the nodes that a node is joined to, and itself, or all nodes, as if nothing were known of edges. Without
// edges 55.2 % is the most that can be known (docs/howto/TASKS.md); the greatest sum of a node's features and its neighbours' is right
// about 75 %. Of the 5,920 held-out nodes the first model is right about 78.5 %, and the second about 53.8 %.
//
//     ./heddle train samples/graphs.model.kts --model edges
//     ./heddle train samples/graphs.model.kts --model blind

val blocks = 4

val edges = model("graph-edges", width = 64) {
    layout = PreNorm

    val nodes by vectors(features = blocks) { project() }
    val joined by relation(nodes)
    val encoder by stack(nodes, layers = 4) {
        attention(heads = 4) { mask = Given(joined) or Self }
        addNorm()
        feedForward(128) { activation = Gelu }
        addNorm()
    }
    val block by classify(encoder, Each, classes = blocks)
}

val blind = model("graph-blind", width = 64) {
    layout = PreNorm

    val nodes by vectors(features = blocks) { project() }
    val encoder by stack(nodes, layers = 4) {
        attention(heads = 4)
        addNorm()
        feedForward(128) { activation = Gelu }
        addNorm()
    }
    val block by classify(encoder, Each, classes = blocks)
}

val training = recipe(blockGraphs(blocks = blocks), steps = 100) {
    batch(32)
    optimizer = AdamW(learningRate = 1e-3, weightDecay = 0.01)
    schedule = Cosine(warmup = 50, floor = 1e-5)
    clip(1.0)

    evaluate(every = 50)
}
