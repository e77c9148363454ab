package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** `heddle draw` writes pictures of models and of what they see. */
class DrawVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("tiny.model.kts", tiny)

        "a picture is SVG, written out or to a file" {
            val shown = desk.heddle("draw", "tiny.model.kts")
            shown.status shouldBe 0
            shown.out shouldStartWith "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            shown.out shouldEndWith "</svg>\n"
            desk.heddle("draw", "tiny.model.kts", "--format", "svg") shouldBe shown
            desk.heddle("draw", "tiny.model.kts", "--out", "tiny.svg") shouldBe Ran(0, "", "")
            desk.folder.resolve("tiny.svg").readText() shouldBe shown.out
        }

        "a picture is told in Mermaid or for dot" {
            desk.heddle("draw", "tiny.model.kts", "--format", "mermaid").out shouldStartWith
                "flowchart BT\n  n_text[\"text<br/>5 tokens\"]\n"
            desk.heddle("draw", "tiny.model.kts", "--format", "dot").out shouldStartWith "digraph \"tiny\" {\n"
        }

        "a mask is drawn for as many positions as are asked for" {
            val mask = desk.heddle("draw", "tiny.model.kts", "--mask", "decoder/0", "--size", "3")
            mask.status shouldBe 0
            mask.out.lines().filter { "data-sight" in it } shouldBe
                listOf("<path data-sight=\"Seen\" fill=\"#6f9bc4\" d=\"M0 0h1v1h-1zM0 1h2v1h-2zM0 2h3v1h-3z\"/>")
        }

        "the end of the file's name says what is written, and folders on the way are made" {
            listOf("mmd" to "mermaid", "dot" to "dot").forEach { (ending, format) ->
                desk.heddle("draw", "tiny.model.kts", "--out", "new/$format/tiny.$ending") shouldBe Ran(0, "", "")
                val written = desk.folder.resolve("new/$format/tiny.$ending").readText()
                desk.heddle("draw", "tiny.model.kts", "--format", format) shouldBe Ran(0, written, "")
            }
        }

        "an attention that is not there" {
            desk.heddle("draw", "tiny.model.kts", "--mask", "decoder/1/attention") shouldBe
                Ran(
                    1,
                    "",
                    """
                    tiny: no attention is at "decoder/1/attention"
                      attentions = decoder/0/attention
                      Did you mean "decoder/0/attention"?

                    """
                        .trimIndent(),
                )
        }

        "options that do not go together, or have no such value" {
            fun wrong(words: String) = Ran(2, "", "heddle: $words\n  See heddle draw --help.\n")
            desk.heddle("draw", "tiny.model.kts", "--format", "png") shouldBe
                wrong("--format: 'png' is none of svg, mermaid, dot.")
            desk.heddle("draw", "tiny.model.kts", "--out", "tiny.png") shouldBe
                wrong(
                    "--out: 'tiny.png' is none of .svg, .mmd, .dot. " +
                        "Other programs make pictures of other kinds from an svg."
                )
            desk.heddle("draw", "tiny.model.kts", "--out", "tiny.svg", "--format", "dot") shouldBe
                wrong("--out: 'tiny.svg' is not what --format says. Leave --format out.")
            desk.heddle("draw", "tiny.model.kts", "--mask", "decoder/0", "--size", "0") shouldBe
                wrong("--size: '0' is not a whole number above 0.")
            desk.heddle("draw", "tiny.model.kts", "--size", "3") shouldBe
                wrong("--size belongs to --mask: it says how many positions are drawn.")
            desk.heddle("draw", "tiny.model.kts", "--mask", "decoder/0", "--format", "dot") shouldBe
                wrong("A mask is drawn as svg alone.")
        }
    })
