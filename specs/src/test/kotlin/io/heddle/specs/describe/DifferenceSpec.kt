package io.heddle.specs.describe

import io.heddle.describe.Change
import io.heddle.describe.diff
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.terms.Causal
import io.heddle.terms.Groups
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Silu
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** What tells two models apart, in the language's words. */
class DifferenceSpec :
    StringSpec({
        val tiny = Models.tiny(layers = 3)

        "another layout is another set of equations" { "${Models.nmt.diff(Models.preNorm)}" shouldRead LAYOUT }

        "another mask, with sizes" {
            val windowed = tiny.edit { attention("decoder/*") { mask = Causal and Window(128) } }
            "${tiny.diff(windowed, mapOf("batch" to 2L, "text" to 16L))}" shouldRead MASK
        }

        "changes are values" {
            val other =
                tiny.edit {
                    attention("decoder/0") { mask = Window(4) }
                    attention("decoder/2") { mask = Window(4) }
                    weights = Groups(3)
                }
            tiny.diff(other).changes shouldContainExactly
                listOf(
                    Change.Changed("decoder", "weights", "Own", "Groups(count = 3)"),
                    Change.Changed("decoder/{0,2}/attention", "mask", "Causal", "Window(4)"),
                )
        }

        "which numbers rotary positions turn, and how far" {
            fun turned(scaling: RotaryScaling, pairs: RotaryPairs) =
                tiny.edit { attention("decoder/*") { rotary(10_000.0, pairs, scaling) } }
            val before = turned(RotaryScaling.None, RotaryPairs.Interleaved)
            val after = turned(RotaryScaling.Linear(4.0), RotaryPairs.HalfSplit)
            before.diff(after).equations.single().lines shouldContainExactly
                listOf(
                    "- rotate(x) = numbers 2i and 2i + 1 of each head turned by angle_i",
                    "- angle_i = t / 10,000^(2 i / 4)",
                    "+ rotate(x) = numbers i and i + 2 of each head turned by angle_i",
                    "+ angle_i = t / 10,000^(2 i / 4)   (divided by 4)",
                )
        }

        "the order of sinusoids" {
            fun placed(order: SinusoidOrder) =
                model("placed", width = 8) {
                    val text by tokens(vocab = 5) { sinusoidal(order) }
                }
            placed(SinusoidOrder.Interleaved)
                .diff(placed(SinusoidOrder.Concatenated))
                .equations
                .single()
                .lines
                .shouldContainExactly(
                    "- p_text = sincos(t / 10,000^(2 i / d))   (each sine beside its cosine)",
                    "+ p_text = sincos(t / 10,000^(2 i / d))   (all sines before all cosines)",
                )
        }

        "what one of both has alone" {
            fun named(name: String, layers: Int, more: Boolean): Model =
                model(name, width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers) {
                            attention(heads = 2) { causal() }
                            addNorm()
                            if (more) {
                                feedForward { gated(Silu) }
                                addNorm()
                            }
                        }
                    if (more) {
                        val next by logits(decoder, tiedTo = text)
                    } else {
                        val other by logits(decoder)
                    }
                }
            "${named("small", 2, more = false).diff(named("large", 3, more = true))}" shouldRead ALONE
        }

        "equal models" {
            val same = tiny.diff(tiny.edit { name = "other" })
            same.isEmpty shouldBe true
            "$same" shouldBe "tiny -> other\n\nThe models are the same."
        }

        "a norm is changed in all layers" {
            tiny.diff(tiny.edit { norm = RmsNorm() }).changes.map { it.place } shouldContainExactly
                listOf("decoder/*/attention/norm", "decoder/*/feedForward/norm")
        }

        "a size that neither model has is told" { told { tiny.diff(tiny, mapOf("txt" to 3L)) } shouldRead WRONG }
    })
