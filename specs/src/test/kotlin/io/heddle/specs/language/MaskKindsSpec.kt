package io.heddle.specs.language

import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.MaskView
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Sight
import io.heddle.terms.Window
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d
import io.heddle.terms.relations
import io.heddle.terms.seenKeys
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.longs.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

/** What a mask shows as rows of a picture: `#` is seen, `?` is for the data to say. */
private fun Mask.picture(view: MaskView): List<String> =
    (0 until view.length).map { query ->
        (0 until view.length).joinToString("") { key ->
            when (sight(query, key, view)) {
                Sight.Seen -> "#"
                Sight.Hidden -> "."
                Sight.Open -> "?"
            }
        }
    }

private fun Mask.picture(length: Long) = picture(MaskView(length))

/** Masks that look at more than the distance of two positions. */
class MaskKindsSpec :
    StringSpec({
        "the keys that a query sees at once are those that it sees one by one" {
            val plain = listOf(Everything, Causal, Self, Window(2), Window(2, dilation = 3), Global(0, -2), Global(7))
            val drawn = listOf(Random(2, seed = 3), Random(40, seed = 4), Windows2d(2, shift = 1), Given("edges"))
            val blocks =
                listOf(Blocks(3), Blocks(2) of (Random(1, seed = 5) or Global(-1)), Blocks(4) of Given("edges"))
            val simple = plain + drawn + blocks + PerHead(Causal, Window(1))
            val joined = simple.flatMap { one -> simple.flatMap { listOf(one and it, one or it) } }
            val masks = simple + joined + (simple + joined.take(60)).map { !it } + !(Given("edges") and !Causal)
            val edges =
                object : MaskView(9, 3, 1, 2, 4) {
                    override fun given(relation: String, query: Long, key: Long) =
                        listOf(Sight.Seen, Sight.Hidden, Sight.Open)[((query + 2 * key) % 3).toInt()]
                }
            val views = listOf(MaskView(1), MaskView(8), MaskView(12, 4, 1, 2, 0), edges)
            for (view in views) for (mask in masks) for (query in 0 until view.length) {
                val seen = mask.seenKeys(query, view)
                withClue("$mask, query $query of ${view.length}") {
                    (0 until view.length).map { seen[it.toInt()] } shouldBe
                        (0 until view.length).map { mask.sight(query, it, view) != Sight.Hidden }
                    seen.length().toLong() shouldBeLessThanOrEqual view.length
                }
            }
        }

        "a dilated window has gaps" {
            Window(1, dilation = 2).picture(5) shouldBe listOf("#.#..", ".#.#.", "#.#.#", ".#.#.", "..#.#")
        }

        "global positions see all and are seen by all, counted from either end" {
            Global(0).picture(3) shouldBe listOf("###", "#..", "#..")
            Global(-1).picture(3) shouldBe listOf("..#", "..#", "###")
        }

        "blocks see blocks, the last one cut where the sequence ends" {
            Blocks(2).picture(5) shouldBe listOf("##...", "##...", "..##.", "..##.", "....#")
            (Blocks(2) of (Global(-1) or Self)).picture(5) shouldBe listOf("##..#", "##..#", "..###", "..###", "#####")
        }

        "random keys are as many as were asked for, and others in another head, layer and row" {
            val mask = Random(3, seed = 7)
            fun rows(head: Int, layer: Int) = mask.picture(MaskView(20, 20, head, 4, layer))
            val rows = rows(0, 0)
            rows.map { row -> row.count { it == '#' } }.toSet() shouldBe setOf(3)
            (rows.toSet().size > 10) shouldBe true
            rows shouldBe rows(0, 0)
            rows shouldNotBe rows(1, 0)
            rows shouldNotBe rows(0, 1)
            mask.picture(2) shouldBe listOf("##", "##")
        }

        "windows of a picture are moved by rows and columns, and stay cut at its edge" {
            fun seen(mask: Mask, query: Long) =
                (0L until 16L).filter { mask.sight(query, it, MaskView(16, 4, 0, 1, 0)) == Sight.Seen }
            seen(Windows2d(2), 5) shouldContainExactly listOf(0, 1, 4, 5)
            seen(Windows2d(2, shift = 1), 5) shouldContainExactly listOf(5, 6, 9, 10)
            seen(Windows2d(2, shift = 1), 0) shouldContainExactly listOf(0)
            seen(Windows2d(2, shift = 1), 1) shouldContainExactly listOf(1, 2)
            seen(Windows2d(4, shift = 2), 0) shouldContainExactly (0L until 16L).toList()
            seen(Windows2d(3), 7) shouldContainExactly listOf(3, 7, 11)
            seen(Windows2d(3, edge = WindowEdge.Filled), 7) shouldContainExactly listOf(3, 7, 11)
        }

        "groups of neighbouring heads have a mask each" {
            val mask = PerHead(Causal, Everything)
            val pictures = (0 until 4).map { mask.picture(MaskView(2, 2, it, 4, 0)) }
            pictures shouldBe listOf("#.", "##").let { causal -> List(2) { causal } } + List(2) { listOf("##", "##") }
        }

        "what a relation leaves open is open only where the rest does not decide" {
            val edges = Given("edges")
            (Causal and edges).picture(2) shouldBe listOf("?.", "??")
            (Self or edges).picture(2) shouldBe listOf("#?", "?#")
            (!edges).picture(1) shouldBe listOf("?")
            (edges and Given("others") or !edges).relations() shouldContainExactly listOf("edges", "others")
        }
    })
