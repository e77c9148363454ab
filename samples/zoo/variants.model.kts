// One model, and what a comparison would change in it: each variant is an edit.

val transformer = model("transformer", width = 512) {
    dropout = 0.1
    val source by tokens(vocab = 32_000) { sinusoidal(); scaled() }
    val target by tokens(tiedTo = source)
    val encoder by stack(source, layers = 6) {
        attention(heads = 8)
        addNorm()
        feedForward()
        addNorm()
    }
    val decoder by stack(target, layers = 6) {
        attention(heads = 8) { causal() }
        addNorm()
        crossAttention(from = encoder)
        addNorm()
        feedForward()
        addNorm()
    }
    val next by logits(decoder, tiedTo = target)
}

val preNorm = transformer.edit { name = "pre-norm"; layout = PreNorm }
val sandwich = transformer.edit { name = "sandwich"; layout = Sandwich }
val deepNorm = transformer.edit { name = "deep-norm"; layout = DeepNorm } // arXiv 2203.00555
val reZero = transformer.edit { name = "re-zero"; layout = ReZero } // arXiv 2003.04887
val powerNorm = transformer.edit { name = "power-norm"; norm = PowerNorm() } // arXiv 2003.07845
val windowed = transformer.edit { name = "windowed"; attention("decoder/*") { mask = Causal and Window(128) } }
val floater = transformer.edit { name = "floater"; input("*") { floater(steps = 8, to = EveryLayer) } } // arXiv 2003.09229
val gated = transformer.edit { name = "gated"; feedForward("**", hidden = 1_365) { gated(Silu) } } // arXiv 2002.05202
val grouped = transformer.edit { name = "shared-in-groups"; weights = Groups(3) }
