package io.heddle.specs.data

import io.heddle.runtime.data.EmptySides
import io.heddle.runtime.data.PairFiles
import io.heddle.runtime.data.PairText
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class PairTextSpec :
    StringSpec({
        val folder = folder()

        fun two(source: String, target: String) =
            PairFiles.TwoFiles(folder.text("a.src", source), folder.text("a.trg", target))

        fun tabs(content: String) = PairFiles.TabSeparated(folder.text("pairs.tsv", content))

        "two files are read line by line" {
            val text = PairText.read(two("one\r\ntwo\r\n", "eins\nzwei"), EmptySides.REFUSE)
            text.sources() shouldBe listOf("one", "two")
            text.targets() shouldBe listOf("eins", "zwei")
            text.pairs().map { it.line } shouldBe listOf(1, 2)
        }

        "a line of a table holds a pair" {
            val text = PairText.read(tabs("one\teins\nnaïve\tnaiv\n"), EmptySides.REFUSE)
            text.targets() shouldBe listOf("eins", "naiv")
            text.targetOrigin(text.pairs()[1]).place() shouldBe folder.resolve("pairs.tsv").toString() + ":2:7"
        }

        "pairs with an empty side are left out and counted" {
            val text = PairText.read(two("one\n\nthree\n", "eins\nzwei\n \n"), EmptySides.SKIP)
            text.pairs().map { it.line } shouldBe listOf(1)
            text.skipped() shouldBe 2
        }

        "pairs with an empty side are refused when asked for" {
            refusal(folder) { PairText.read(two("one\n\n\n4", "\nzwei\n\nvier"), EmptySides.REFUSE) } shouldBe
                """
                a.trg:1: the target is empty
                  Write both sides, remove the pair, or have empty ones skipped.

                a.src:2: the source is empty
                  Write both sides, remove the pair, or have empty ones skipped.

                a.src:3: both sides are empty
                  Write both sides, remove the pair, or have empty ones skipped.
                """
                    .trimIndent()
        }

        "different numbers of lines are told with both" {
            refusal(folder) { PairText.read(two("1\n2\n3\n", "1\n2\n"), EmptySides.SKIP) } shouldBe
                """
                a.src: its translations are another number of lines
                  lines of a.src = 3
                  lines of a.trg = 2
                  Line n of one file must translate line n of the other: look for a line too many or too few.
                """
                    .trimIndent()
        }

        "lines without exactly one tab are told by number" {
            refusal(folder) { PairText.read(tabs("one eins\ntwo\tzwei\n\na\tb\tc\n"), EmptySides.SKIP) } shouldBe
                """
                pairs.tsv:1: the line is no pair
                  tabs = 0
                  Write the source, one tab and the target.

                pairs.tsv:4: the line is no pair
                  tabs = 2
                  Write the source, one tab and the target.
                """
                    .trimIndent()
        }

        "the problems of both files are told together" {
            val files = PairFiles.TwoFiles(folder.text("a.src", ""), folder.bytes("a.trg", 0x61, 0x0A, 0xFF))
            refusal(folder) { PairText.read(files, EmptySides.SKIP) } shouldBe
                """
                a.src: the file is empty
                  Put text into it, or name another file.

                a.trg:2: the text is not UTF-8 here
                  byte offset = 2
                  byte = 0xFF
                  such places = 1
                  Save the file as UTF-8. If it was written as Latin-1: iconv -f ISO-8859-1 -t UTF-8 a.trg > NEW
                """
                    .trimIndent()
        }

        "files without a single pair are refused" {
            refusal(folder) { PairText.read(two("\n\n", "a\nb\n"), EmptySides.SKIP) } shouldBe
                """
                a.src: there is no pair with text on both sides
                  pairs skipped = 2
                  Check that these are the files you mean.
                """
                    .trimIndent()
        }
    })
