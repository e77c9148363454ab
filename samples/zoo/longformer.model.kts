// Longformer: a window around each word, and a first word that sees all and is seen by all, with maps of its own
// (arXiv 2004.05150). The second model has wider windows with gaps in half of its heads.

fun longformer(name: String, attend: AttentionScope.() -> Unit) = model(name, width = 768) {
    initializer = TruncatedNormal(0.02)

    val text by tokens(vocab = 50_265) { learnedPositions(4_096, unused = 2); segments(1); norm() }
    val encoder by stack(text, layers = 12) {
        attention(heads = 12, configure = attend)
        addNorm()
        feedForward { activation = Gelu }
        addNorm()
    }
    val masked by logits(encoder, tiedTo = text) { dense(activation = Gelu); norm(); bias = true }
}

val longformer = longformer("longformer") { mask = Window(256) or Global(0); globalProjections() }
val dilated = longformer("longformer-dilated") { mask = PerHead(Window(64), Window(64, dilation = 4)) or Global(0) }
