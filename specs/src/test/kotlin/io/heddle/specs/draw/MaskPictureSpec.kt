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
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain

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

        "what is remembered stands to the left of own positions" {
            fun remembering(count: Int, mask: Mask) =
                model("remembering", width = 16) {
                    val text by tokens(vocab = 9)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 4) {
                                this.mask = mask
                                relativeSinusoidal()
                                memory(count)
                            }
                            addNorm()
                        }
                    val next by logits(decoder)
                }
            listOf(Causal, Causal and Window(3), Causal and (Window(1) or Global(0))).forEach { mask ->
                val picture = Picture(remembering(4, mask).maskSvg("decoder/0", 3))
                val view = MaskView(7, 7, 0, 4, 0)
                val expected = (0L until 3).flatMap { q -> (0L until 7).map { q to it } }
                picture.cells("Seen") shouldBe
                    listOf(expected.filter { (q, k) -> mask.sight(4 + q, k, view) == Sight.Seen }.toSet())
                val words = picture.texts.map { it.name }
                words shouldContainAll listOf("memory", "own positions", "−4", "−2", "0", "2")
                words[1] shouldContain "memory of 4"
                picture.shouldBeTidy()
            }
            val part = Picture(remembering(9, Causal and Window(4)).maskSvg("decoder/0", 3))
            part.texts.map { it.name } shouldContain "memory, 3 of 9"
            part.cells("Seen") shouldBe
                listOf((0L until 3).flatMap { q -> (maxOf(0L, q - 1)..q + 3).map { q to it } }.toSet())
            part.shouldBeTidy()
        }

        "a mask of cross-attention has the keys of what it reads" {
            val finder =
                model("finder", width = 16) {
                    val picture by image(channels = 3, size = 12) { patches(4) }
                    val objects by learned(5)
                    val decoder by
                        stack(objects, layers = 2) {
                            crossAttention(from = picture, heads = 4)
                            addNorm()
                        }
                    val label by classify(decoder, Mean, classes = 2)
                }
            val picture = Picture(finder.maskSvg("decoder/1"))
            picture.cells("Seen") shouldBe listOf((0L until 5).flatMap { q -> (0L until 9).map { q to it } }.toSet())
            picture.texts.map { it.name } shouldContain "keys of picture →"
            picture.shouldBeTidy()
        }

        "a position that sees all is seen in a picture of thousands" {
            val svg = seeing(Window(256) or Global(0)).maskSvg("encoder/0")
            svg shouldContain "d=\"M0 0h1024v3.657143h-1024zM0 0h3.657143v1024h-3.657143z\""
        }

        "attentions that see the same are drawn once" {
            val picture = Picture(Models.gpt.maskSvg("decoder"))
            picture.cells("Seen") shouldHaveSize 1
            picture.texts.first().name shouldBe "decoder/0/attention and 3 more"
        }
    })
