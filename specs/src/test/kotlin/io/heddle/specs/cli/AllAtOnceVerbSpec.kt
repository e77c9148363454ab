package io.heddle.specs.cli

import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch

/** A model that writes all words at once, from the command line. */
class AllAtOnceVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("models.model.kts", models)

        fun data(symbols: Int) = "reverseTask(pairs = 40, validationPairs = 5, maximumLength = 4, symbols = $symbols)"
        desk.file("blanks.model.kts", "$models\nval plan = recipe(${data(5)}, steps = 3) { $MASKED }")
        desk.file("words.model.kts", "$models\nval plan = recipe(${data(5)}, steps = 2) { batch(4) }")
        desk.file("others.model.kts", "$models\nval plan = recipe(${data(4)}, steps = 2) { batch(4) }")
        val sources = listOf("--source", "./filler/data/dev.src", "--target", "./filler/data/dev.trg")

        fun evaluated(vararg options: String) = desk.heddle("evaluate", "./filler", *sources.toTypedArray(), *options)

        "it trains, writes and is measured" {
            val trained = desk.heddle("train", "blanks.model.kts", "--model", "filler", "--out", "./filler")
            trained.status shouldBe 0
            trained.out shouldContain "40 pairs to learn from, 5 held out, 9 and 9 different tokens"
            for (way in listOf(listOf(), listOf("--greedy"), listOf("--passes", "3"), listOf("--lengths", "2"))) {
                val said = desk.heddle("generate", "./filler", "--prompt", "1 2", *way.toTypedArray())
                said.err shouldBe ""
                said.out.lines().size shouldBe 2
            }
            val measured = evaluated("--passes", "2", "--speed", "--side-by-side", "2", "--warmup", "2")
            measured.err shouldBe ""
            measured.out shouldContain Regex("tokens an answer {10}\\d\\.\\d\n")
            measured.out shouldContain Regex("tokens written a second {3}[\\d,]+ \\([\\d,]+ to [\\d,]+\\)\n")
            measured.out shouldContain Regex("lengths right {13}\\d+\\.\\d % of 5\n")
            desk.heddle("evaluate", "./filler", "--held-out", ".").out shouldContain "lengths right"
            val looked =
                desk.heddle(
                    "attention",
                    "./filler",
                    "--text",
                    "1 2",
                    "--target",
                    "2 1",
                    "--path",
                    "decoder/0/crossAttention",
                )
            looked.err shouldBe ""
            looked.out shouldContain "decoder/0/crossAttention"
        }

        "another model chooses among its answers, which has the same tokens" {
            desk.heddle("train", "words.model.kts", "--model", "writer", "--out", "./writer").status shouldBe 0
            desk.heddle("train", "others.model.kts", "--model", "writer", "--out", "./others").status shouldBe 0
            evaluated("--lengths", "3", "--scorer", "./writer").err shouldBe ""
            desk.heddle("generate", "./filler", "--prompt", "1 2", "--scorer", "./others").err shouldRead
                """
                decoding: the model that is to score has other tokens than the one that writes
                  model = writer
                  its tokens = 8
                  tokens that are written = 9
                  Train both on the same data, by the same tokenizer.
                """
        }

        "without alignments one that learned from them is measured by what it writes alone" {
            desk.file("eights.src", "8 8 8\n1 2\n")
            desk.file("eights.trg", "V I I I V I I I V I I I\nI I I\n")
            desk.file("eights.align", "0-0 0-1 0-2 0-3 1-4 1-5 1-6 1-7 2-8 2-9 2-10 2-11\n0-0 1-1 1-2\n")
            desk.file("eights.model.kts", numerals)
            desk.heddle("train", "eights.model.kts", "--out", "./eights").status shouldBe 0
            val files = arrayOf("--source", "eights.src", "--target", "eights.trg")
            val alone = desk.heddle("evaluate", "./eights", *files)
            alone.err shouldBe ""
            alone.out shouldMatch
                Regex(
                    "log-likelihood            not measured: say --alignments FILE\n" +
                        "BLEU tok:13a {14}\\d+\\.\\d\\d\nlengths right {13}\\d+\\.\\d % of 2\n"
                )
            desk.heddle("evaluate", "./eights", *files, "--lengths", "3") shouldBe
                desk.heddle("evaluate", "./eights", *files, "--lengths", "3", "--passes", "1")
            desk.heddle("evaluate", "./eights", *files, "--lengths", "5") shouldBe alone
            val aligned = desk.heddle("evaluate", "./eights", *files, "--alignments", "eights.align")
            aligned.out.substringAfter("BLEU") shouldBe alone.out.substringAfter("BLEU")
        }

        "a source that is longer than its scorer has positions is told by its place, before anything is written" {
            fun asked(vararg options: String) =
                desk.heddle("generate", "./filler", "--scorer", "./writer", *options).err
            asked("--prompt", "1 2 3 4 1 2 3 4 1 2") shouldRead
                """
                --prompt: it is longer than the model beside has positions
                  tokens = 11, the end token included
                  model beside = writer
                  positions of source = 10
                  Give a shorter one, or name a model that was trained with more positions.
                """
            desk.file("long.src", "1 2\n1 2 3 4 1 2 3 4 1 2\n1 2 3 4\n")
            asked("--sources", "long.src", "--to", "long.trg") shouldRead
                """
                long.src:2: it is longer than the model beside has positions
                  tokens = 11, the end token included
                  model beside = writer
                  positions of source = 10
                  Give a shorter one, or name a model that was trained with more positions.
                """
        }

        "ways of writing that do not fit are told" {
            desk.heddle("generate", "./filler", "--prompt", "1 2", "--beam", "2").err shouldRead
                """
                filler: the model writes all words at once, and none after the other
                  decoding = Beam
                  Say Decoding.AllAtOnce(passes = 10), or Decoding.Greedy, which is one pass.
                """
            desk.heddle("generate", "./filler", "--prompt", "1 2", "--greedy", "--passes", "2").err shouldContain
                "choose one: "
            desk.heddle("evaluate", "./filler", "--held-out", ".", "--speed").err shouldContain
                "--speed is for --source and --target, or --pairs."
            evaluated("--side-by-side", "2").err shouldContain "--side-by-side is for --speed."
            evaluated("--alignments", "dev.align").err shouldContain
                "--alignments is for models that learned from alignments."
            desk.heddle("evaluate", "./filler", "--pairs", "a.tsv", "--alignments", "a.align").err shouldContain
                "--alignments is for --source and --target."
            evaluated("--warmup", "2").err shouldContain "--warmup is for --speed."
        }
    })

/** Of each digit so many words are made that an even spread would ask more of a position than there are classes. */
private val numerals =
    """
    val numerals = model("numerals", width = 8) {
        val source by tokens(vocab = 9) { sinusoidal() }
        val encoder by stack(source, layers = 1) { attention(heads = 2); addNorm() }
        val fertility by classify(encoder, Each, classes = 5)
        val blanks by copies(source, fertility) { sinusoidal() }
        val decoder by stack(blanks, layers = 1) { attention(heads = 2); addNorm(); crossAttention(from = encoder) }
        val words by logits(decoder, vocab = 9)
    }
    val eights = files("eights.src", "eights.trg", "eights.align")
    val plan = recipe(pairs(eights, eights, Tokenization.Words(minimum = 1)), steps = 2) {
        batch(2)
        decoderInput = DecoderInput.Blanks
    }
    """
        .trimIndent()

private const val MASKED = "batch(4); decoderInput = DecoderInput.Masked; bleu()"

private val models =
    """
    val filler = model("filler", width = 8) {
        val source by tokens(vocab = 10) { sinusoidal() }
        val target by tokens(tiedTo = source)
        val encoder by stack(source, layers = 1) { attention(heads = 2); addNorm() }
        val length by classify(encoder, Last, classes = 11)
        val decoder by stack(target, layers = 1) {
            attention(heads = 2)
            addNorm()
            crossAttention(from = encoder)
            addNorm()
        }
        val words by logits(decoder, tiedTo = target)
    }
    val writer = model("writer", width = 8) {
        val source by tokens(vocab = 10) { learnedPositions(10) }
        val target by tokens(tiedTo = source)
        val decoder by stack(target, layers = 1) {
            attention(heads = 2) { causal() }
            addNorm()
            crossAttention(from = source)
            addNorm()
        }
        val next by logits(decoder, tiedTo = target)
    }
    """
        .trimIndent()
