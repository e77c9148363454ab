package io.heddle.specs.draw

import io.heddle.draw.maskSvg
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.specs.language.Models
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.MaskView
import io.heddle.terms.PerHead
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Sight
import io.heddle.terms.Window
import io.heddle.terms.Windows2d
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

private fun seeing(mask: Mask): Model =
    model("seeing", width = 16) {
        val nodes by vectors(features = 9) { project() }
        val edges by relation(nodes)
        val encoder by
            stack(nodes, layers = 2) {
                attention(heads = 4) { this.mask = mask }
                addNorm()
            }
        val label by classify(encoder, Mean, classes = 2)
    }

private fun seen(mask: Mask, view: MaskView, sight: Sight): Set<Pair<Long, Long>> =
    (0 until view.length)
        .flatMap { query -> (0 until view.length).map { query to it } }
        .filter { (query, key) -> mask.sight(query, key, view) == sight }
        .toSet()

/** A picture of a mask shows what the mask lets through. */
class MaskPictureSpec :
    StringSpec({
        "the cells of a picture are what the mask sees" {
            val masks =
                listOf(
                    Everything,
                    Causal,
                    Causal and Window(3),
                    Window(2, dilation = 3) or Global(0, -1),
                    Blocks(4) of (Window(1) or Global(0)),
                    Given("edges") or Self,
                    !Given("edges") or Self,
                )
            masks.forEach { mask ->
                listOf(1, 7, 16).forEach { size ->
                    val picture = Picture(seeing(mask).maskSvg("encoder/1/attention", size))
                    Sight.entries.minus(Sight.Hidden).forEach { sight ->
                        val view = MaskView(size.toLong(), size.toLong(), 0, 4, 1)
                        picture.cells(sight.name) shouldBe listOf(seen(mask, view, sight))
                    }
                    picture.shouldBeTidy()
                }
            }
        }

        "heads with masks of their own stand side by side" {
            val mask = PerHead(Window(1), Causal)
            val picture = Picture(seeing(mask).maskSvg("encoder/0/attention", 9))
            picture.cells("Seen") shouldBe
                listOf(0, 2).map { head -> seen(mask, MaskView(9, 9, head, 4, 0), Sight.Seen) }
            picture.shouldBeTidy()
        }

        "what is drawn at random differs from head to head and from layer to layer" {
            val mask = Random(2, seed = 7) or Self
            val (first, second) = listOf(0, 1).map { Picture(seeing(mask).maskSvg("encoder/$it", 12)).cells("Seen") }
            first shouldBe (0 until 4).map { head -> seen(mask, MaskView(12, 12, head, 4, 0), Sight.Seen) }
            second shouldBe (0 until 4).map { head -> seen(mask, MaskView(12, 12, head, 4, 1), Sight.Seen) }
            first shouldNotBe second
        }

        "windows of a picture are drawn in its own rows, or in a square" {
            val swin =
                model("swin", width = 16) {
                    val picture by image(channels = 3, size = 24) { patches(4) }
                    val encoder by
                        stack(picture, layers = 2) { layer ->
                            attention(heads = 4) { mask = Windows2d(3, shift = layer) }
                            addNorm()
                        }
                    val label by classify(encoder, Mean, classes = 2)
                }
            val shifted = Windows2d(3, shift = 1)
            Picture(swin.maskSvg("encoder/1")).cells("Seen") shouldBe
                listOf(seen(shifted, MaskView(36, 6, 0, 4, 1), Sight.Seen))
            Picture(swin.maskSvg("encoder/1", 25)).cells("Seen") shouldBe
                listOf(seen(shifted, MaskView(25, 5, 0, 4, 1), Sight.Seen))
            Picture(swin.maskSvg("encoder/*/attention")).cells("Seen") shouldHaveSize 2
        }

        "attentions that see the same are drawn once" {
            val picture = Picture(Models.gpt.maskSvg("decoder"))
            picture.cells("Seen") shouldHaveSize 1
            picture.texts.first().name shouldBe "decoder/0/attention and 3 more"
        }
    })
