package io.heddle.bench

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.model
import io.heddle.terms.Blocks
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Favor
import io.heddle.terms.Gelu
import io.heddle.terms.Global
import io.heddle.terms.PreNorm
import io.heddle.terms.Random
import io.heddle.terms.Window
import kotlin.math.ln
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Measures how time and memory of a training step of one layer grow with the length of its sequence. */
internal class Growth(private val contests: Contests, private val threads: Int) {
    fun row(attention: String): GrowthRow {
        val said = lengths.map { contests.alone(Entry(Side.Heddle, work(attention, it), threads, Environment.heddle)) }
        val (times, memory) = said.map { it["median"] } to said.map { it["planned"] }
        return GrowthRow(attention, threads, lengths, times, memory, exponent(times), exponent(memory))
    }

    /** `p` where the last step grows like `length^p`. */
    private fun exponent(amounts: List<Double>): Double {
        val (shorter, longer) = lengths.takeLast(2)
        return ln(amounts.last() / amounts[amounts.size - 2]) / ln(longer.toDouble() / shorter)
    }

    companion object {
        private const val WIDTH = 256
        private const val HEADS = 4
        private const val VOCABULARY = 16
        private val lengths = listOf(1_024, 4_096, 16_384)

        private val described: Map<String, AttentionScope.(length: Int) -> Unit> =
            linkedMapOf(
                "softmax" to {},
                "causal" to { causal() },
                "Window(256)" to { mask = Window(256) },
                "Window(256) or Global(0)" to { mask = Window(256) or Global(0) },
                "Blocks(64) of (Window(1) or Global(0, -1) or Random(3))" to
                    {
                        mask = Blocks(64) of (Window(1) or Global(0, -1) or Random(3, seed = 0))
                    },
                "lowRank(256)" to { length -> lowRank(256, length) },
                "kernel = EluPlusOne" to { kernel = EluPlusOne },
                "causal, kernel = EluPlusOne" to
                    {
                        causal()
                        kernel = EluPlusOne
                    },
                "kernel = Favor(256)" to { kernel = Favor(features = 256) },
                "hashed(128, rounds = 4, chunk = 64)" to { hashed(buckets = 128, rounds = 4, chunk = 64) },
            )

        /** What may be asked of [row]. */
        val attentions: List<String> = described.keys.toList()

        /** Every work that is measured. */
        val works: List<Work> = attentions.flatMap { attention -> lengths.map { work(attention, it) } }

        private fun work(attention: String, length: Int): Work {
            val one =
                model("layer", WIDTH) {
                    layout = PreNorm
                    val text by tokens(vocab = VOCABULARY)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = HEADS) { described.getValue(attention).invoke(this, length) }
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = text)
                    check(next.name == Subject.SCORES)
                }
            val subject = Subject(one, listOf("text"), VOCABULARY, 1, HEADS, PreNorm, Gelu, dropout = 0.0)
            return Work.Training("$attention at $length", attention, emptyMap(), subject, batch = 1, length)
        }
    }
}

/**
 * What was measured of one kind of attention at each length.
 *
 * @property timeExponent `p` where the last step of time grows like `length^p`; [memoryExponent] likewise
 */
@Serializable
internal data class GrowthRow(
    @SerialName("work") val attention: String,
    val threads: Int,
    val lengths: List<Int>,
    @SerialName("heddle_ms") val milliseconds: List<Double>,
    @SerialName("heddle_bytes") val bytes: List<Double>,
    @SerialName("time_exponent") val timeExponent: Double,
    @SerialName("memory_exponent") val memoryExponent: Double,
)
