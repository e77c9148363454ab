// A graph transformer: who sees whom comes with the data.

val graph = model("graph", width = 64) {
    val nodes by vectors(features = 9) { project() }
    val edges by relation(nodes)
    val encoder by stack(nodes, layers = 4) {
        attention(heads = 4) { mask = Given(edges) or Self }
        addNorm()
        feedForward()
        addNorm()
    }
    val label by classify(encoder, Mean, classes = 2)
}
