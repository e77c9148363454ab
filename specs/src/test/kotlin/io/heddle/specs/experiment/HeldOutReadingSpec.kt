package io.heddle.specs.experiment

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.report.ReportPages
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.specs.report.Page
import io.heddle.specs.train.reverseRecipe
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.heddle.terms.Causal
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.readText

/** A report shows what trained variants look at while they read an example that they did not learn from. */
class HeldOutReadingSpec :
    StringSpec({
        fun folder(): Path = tempdir().toPath().also { writeRhyme(it) }

        fun figures(result: ExperimentResult) =
            Page(ReportPages.of(result).html).all("figure").map { it.getAttribute("id") }.filter { "attention" in it }

        "each variant reads a held-out text with the weights of its first seed" {
            val base = folder()
            val result = compare(twoLayouts { seeds(3, 4) }, base, base.resolve("out"))
            result.attentions().map { it.trial().configuration.variant.name to it.trial().seed } shouldBe
                listOf("small" to 3L, "layout PostNorm" to 3L)
            val text = base.resolve("rhyme.txt").readText()
            result.attentions().forEach { seen ->
                val read = seen.pieces().getValue("text").joinToString("")
                read.length shouldBe 8
                text.takeLast(text.length / 10) shouldContain read
                val recorded = seen.attentions().single()
                recorded.place().path shouldBe "decoder/0/attention"
                recorded.heads() shouldBe 2
                // Causal: a query gives what it has to itself and to those before it.
                recorded.head(0).forEachIndexed { query, row ->
                    row.take(query + 1).sumOf { it.toDouble() } shouldBe (1.0 plusOrMinus 1e-5)
                    row.drop(query + 1).all { it == 0f } shouldBe true
                }
            }
            figures(result) shouldBe listOf("attention-1-1", "attention-2-1")
            ReportPages.of(result).charts.keys.filter { "attention" in it } shouldBe
                listOf("charts/attention-1-1.svg", "charts/attention-2-1.svg")
        }

        "of a source and a target, all attentions of the last layer are shown with both" {
            val base = tempdir().toPath()
            val reverser =
                model("reverser", width = 8) {
                    val source by tokens(vocab = 12) { sinusoidal() }
                    val target by tokens(tiedTo = source)
                    val encoder by
                        stack(source, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                    val decoder by
                        stack(target, layers = 2) {
                            attention(heads = 2) { causal() }
                            addNorm()
                            crossAttention(from = encoder)
                            addNorm()
                        }
                    val next by logits(decoder)
                    check(next.name == "next")
                }
            val plan =
                experiment("reversal") {
                    variants(reverser)
                    recipe(reverseRecipe(steps = 5))
                }
            val seen = compare(plan, base, base.resolve("out")).attentions().single()
            seen.attentions().map { it.place().path } shouldBe listOf("decoder/1/attention", "decoder/1/crossAttention")
            val (source, target) = listOf("source", "target").map { seen.pieces().getValue(it) }
            val cross = seen.attentions().last()
            cross.queries().count() shouldBe target.size
            cross.keys().count() shouldBe source.size
            // The task: the target is the source read backwards, behind the token that begins.
            target.drop(1) shouldBe source.filterNot { it.startsWith("<") }.reversed()
        }

        "an attention without weights is named, with the reason" {
            val base = folder()
            val plan =
                experiment("kernels") {
                    variants(smallDecoder(), smallDecoder().edit { attention("**") { kernel = EluPlusOne } })
                    recipe(smallRecipe(steps = 4))
                }
            val result = compare(plan, base, base.resolve("out"))
            result.attentions().last().attentions().shouldBeEmpty()
            figures(result) shouldBe listOf("attention-1-1")
            Page(ReportPages.of(result).html).section("attention") shouldContain "decoder/0/attention is not shown: "
        }

        "every other kind is shown" {
            val base = folder()
            fun kind(called: String, change: AttentionScope.() -> Unit) =
                smallDecoder().edit {
                    name = called
                    attention("**") { change() }
                }
            val kinds =
                listOf(
                    kind("topK") { topK(2) },
                    kind("talking") { talkingHeads() },
                    kind("memory") { memory(4) },
                    kind("hashed") { hashed(buckets = 2, rounds = 2, chunk = 4) },
                    kind("window") { mask = Causal and Window(3) },
                    kind("alibi") { alibi() },
                )
            val plan =
                experiment("kinds") {
                    variants(*kinds.toTypedArray())
                    recipe(smallRecipe(steps = 1))
                }
            val result = compare(plan, base, base.resolve("out"))
            result.attentions().map { it.trial().configuration.variant.name } shouldBe kinds.map { it.name }
            result.attentions().flatMap { it.missing() }.shouldBeEmpty()
            figures(result).size shouldBe kinds.size
        }

        "nobody looks while the comparison is not whole" {
            val base = folder()
            val result = compare(twoLayouts(), base, base.resolve("out")) { true }
            result.attentions().shouldBeEmpty()
            Page(ReportPages.of(result).html).section("attention") shouldContain
                "Not shown: “small”, “layout PostNorm”."
        }
    })
