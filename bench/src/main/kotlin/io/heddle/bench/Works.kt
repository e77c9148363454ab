package io.heddle.bench

import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Window

/** All works, in the order of the table. */
public object Works {
    private fun both(goal: Double) = mapOf(1 to goal, 2 to goal)

    private fun decoding(name: String, title: String, goal: Double, context: Int, storage: Work.Storage) =
        Work.Decoding(name, title, both(goal), Subject.gpt2, context, storage)

    public val all: List<Work> =
        listOf(
            Work.Training(
                "small",
                "training step, 4 layers, width 128, context 64, batch 12",
                mapOf(1 to 0.65, 2 to 0.55),
                Subject.small,
                batch = 12,
                time = 64,
            ),
            Work.Training(
                "letters",
                "training step, 6 layers, width 384, context 256, batch 8",
                mapOf(1 to 0.82, 2 to 0.75),
                Subject.letters,
                batch = 8,
                time = 256,
            ),
            Work.Training(
                "translator",
                "training step, encoder-decoder, width 512, 2+2 layers, 64+64 tokens, batch 16",
                both(0.65),
                Subject.translator(PostNorm, dropout = 0.0),
                batch = 16,
                time = 64,
            ),
            Work.Training(
                "translator-dropout",
                "the same with dropout 0.1",
                both(0.5),
                Subject.translator(PostNorm, dropout = 0.1),
                batch = 16,
                time = 64,
            ),
            Work.CrossEntropy(
                "cross-entropy",
                "cross entropy and its gradient, 2048 x 50257",
                both(0.25),
                2_048,
                50_257,
            ),
            decoding("decode-256", "a token of GPT-2 small after 256", 0.40, 256, Work.Storage.Float),
            decoding("decode-1000", "a token of GPT-2 small after 1,000", 0.40, 1_000, Work.Storage.Float),
            decoding("decode-256-bf16", "after 256, weights in bfloat16", 0.22, 256, Work.Storage.Bfloat16),
            decoding("decode-1000-bf16", "after 1,000, weights in bfloat16", 0.22, 1_000, Work.Storage.Bfloat16),
            Work.Attention("attention-full", "attention, 8 heads of 64, 2,048 positions", Everything, 2_048),
            Work.Attention("attention-causal", "the same, causal", Causal, 2_048),
            Work.Prefill("prefill", "reading 1,024 tokens by GPT-2 small", both(0.6), Subject.gpt2, 1_024),
        )

    private val preNorm =
        Work.Training(
            "translator-pre-norm",
            "the encoder-decoder step, pre-norm",
            emptyMap(),
            Subject.translator(PreNorm, dropout = 0.0),
            batch = 16,
            time = 64,
        )

    private val windows =
        listOf(2, 8, 32).map { thousands ->
            val title = "attention over Window(256), ${thousands}k positions"
            Work.Attention("window-${thousands}k", title, Window(256), thousands * 1_024)
        }

    private val every by lazy { all + preNorm + windows + Growth.works }

    /** The work of this name, one that only claims are about included. */
    @JvmStatic public fun named(name: String): Work = every.first { it.name == name }
}
