package io.heddle.specs.golden

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.terms.Ending.Bare
import io.heddle.terms.Gelu
import io.heddle.terms.LayerNorm
import io.heddle.terms.PatchEdge
import io.heddle.terms.Pooling.First
import io.heddle.terms.Pooling.Last
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.PreNorm
import io.heddle.terms.QuickGelu
import io.heddle.terms.Temperature.Learned
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d
import io.kotest.core.spec.style.FunSpec

/**
 * Families of models of pictures, equal to Hugging Face's in outputs, loss, every gradient and twenty steps of
 * training.
 */
class PictureFamiliesSpec :
    FunSpec({
        agree("ViT tells pictures apart", vit())
        agree("Swin tells pictures apart", swin())
        agree("Swin fills up with zeros what neither patches nor windows divide", unevenSwin())
        agree("CLIP finds the picture of a text", clip())
    })

internal fun vit() =
    Reference(
        "vit_cls",
        model("vit", width = 24) {
            layout = PreNorm
            norm = LayerNorm(1e-12)
            val picture by
                image(channels = 3, size = 16) {
                    patches(4)
                    classToken()
                    learnedPositions()
                }
            val encoder by
                stack(picture, layers = 2) {
                    attention(heads = 4)
                    addNorm()
                    feedForward(hidden = 40) { activation = Gelu }
                    addNorm()
                }
            val label by classify(encoder, First, classes = 5)
        },
        names("vit"),
        mapOf("batch" to 2L),
        mapOf("label" to "out.logits"),
    ) {
        picture("picture", it)
        labels("label", it.whole("in.labels"))
    }

private fun BlockScope.shiftedWindow(heads: Int, shift: Int) {
    attention(heads) {
        mask = Windows2d(4, shift)
        relativeBias2d()
    }
    addNorm()
    feedForward { activation = Gelu }
    addNorm()
}

internal fun swin() =
    Reference(
        "swin_cls",
        model("swin", width = 12) {
            layout = PreNorm
            val picture by
                image(channels = 3, size = 16) {
                    patches(2)
                    norm()
                }
            val stage1 by
                stack(picture, layers = 2, ending = Bare) { layer -> shiftedWindow(heads = 2, shift = 2 * layer) }
            val merged1 by mergePatches(stage1)
            val stage2 by stack(merged1, layers = 2) { shiftedWindow(heads = 4, shift = 0) }
            val label by classify(stage2, Mean, classes = 5)
        },
        names("swin"),
        mapOf("batch" to 2L),
        mapOf("label" to "out.logits"),
    ) {
        picture("picture", it)
        labels("label", it.whole("in.labels"))
    }

/** 19 pixels are 10 patches, 5 and 3; windows have 3, which a picture of 3 is no more than. */
internal fun unevenSwin() =
    Reference(
        "swin_odd",
        model("swin", width = 6) {
            layout = PreNorm
            val picture by
                image(channels = 2, size = 19) {
                    patches(2, PatchEdge.Filled)
                    norm()
                }
            fun BlockScope.filledWindow(heads: Int, shift: Int) {
                attention(heads) {
                    mask = Windows2d(3, shift, WindowEdge.Filled)
                    relativeBias2d()
                }
                addNorm()
                feedForward(hidden = 3 * width / 2) { activation = Gelu }
                addNorm()
            }
            val stage1 by stack(picture, layers = 2, ending = Bare) { layer -> filledWindow(heads = 2, layer) }
            val merged1 by mergePatches(stage1)
            val stage2 by stack(merged1, layers = 2, ending = Bare) { layer -> filledWindow(heads = 3, layer) }
            val merged2 by mergePatches(stage2)
            val stage3 by stack(merged2, layers = 1) { filledWindow(heads = 2, shift = 0) }
            val label by classify(stage3, Mean, classes = 3)
        },
        names("swin"),
        mapOf("batch" to 2L),
        mapOf("label" to "out.logits"),
    ) {
        picture("picture", it)
        labels("label", it.whole("in.labels"))
    }

internal fun clip() =
    Reference(
        "clip",
        model("clip", width = 24) {
            layout = PreNorm
            val text by tokens(vocab = 60) { learnedPositions(16) }
            val picture by
                image(channels = 3, size = 16) {
                    patches(4)
                    bias = false
                    classToken()
                    learnedPositions()
                    norm()
                }
            val reader by
                stack(text, layers = 2) {
                    attention(heads = 4) { causal() }
                    addNorm()
                    feedForward(hidden = 40) { activation = QuickGelu }
                    addNorm()
                }
            val viewer by
                stack(picture, layers = 2) {
                    attention(heads = 4)
                    addNorm()
                    feedForward(hidden = 40) { activation = QuickGelu }
                    addNorm()
                }
            val caption by pool(reader, Last)
            val scene by pool(viewer, First)
            val similarity by contrast(scene, caption, width = 12, temperature = Learned(0.07))
        },
        names("clip"),
        mapOf("batch" to 2L, "text" to 7L),
        mapOf("similarity" to "out.logits_per_image"),
    ) {
        tokens("text", it, "in.input_ids")
        // A text ends at the token with the largest number.
        setInput(Names.lengths("text"), it.ids("in.input_ids").map { row -> row.indexOf(row.max()) + 1 }.toIntArray())
        picture("picture", it)
        setInput(Names.NORMALIZER, doubleArrayOf(1.0 / 2))
    }
