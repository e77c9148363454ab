package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.Message
import io.heddle.messages.SizeMessages
import io.heddle.model.Model
import io.heddle.model.Origins
import io.heddle.model.word
import io.heddle.terms.BatchNorm
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.LayerNorm
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Normal
import io.heddle.terms.PowerNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.ScaleNorm
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform

/** What is found wrong with [model], and the questions that many rules ask. */
internal class Findings(val model: Model) {
    private val found = mutableListOf<Problem>()

    val problems: List<Problem>
        get() = found.toList()

    fun tell(problem: Problem) {
        found += problem
    }

    fun tell(problems: List<Problem>) {
        found += problems
    }

    /** Which of several `addNorm()` it is, its line tells. */
    private fun place(path: String) = path.substringBefore(Origins.WORD).substringBefore('#').ifEmpty { model.name }

    /** Tells [message] of the [value] of [word], which [path] says, unless it is [fine]. */
    fun require(fine: Boolean, path: String, word: String, value: Any, message: Message) {
        if (!fine) found += message.at(place(path), model.fact(word, value, path))
    }

    fun positive(word: String, size: Int, path: String) {
        notTooLarge(word, size, path)
        require(size > 0, path, word, size, SizeMessages.notPositive(word))
    }

    fun notTooLarge(word: String, size: Int, path: String) =
        require(size <= LARGEST, path, word, size, SizeMessages.tooLarge(word, LARGEST))

    fun rate(word: String, rate: Double, path: String) =
        require(rate >= 0.0 && rate < 1.0, path, word, rate, SizeMessages.notARate(word))

    fun amount(word: String, amount: Double, path: String) =
        require(amount > 0.0 && amount.isFinite(), path, word, amount, SizeMessages.notAPositiveNumber(word))

    /** A share of something: above 0, and at most all of it. */
    fun share(word: String, share: Double, path: String) =
        require(share > 0.0 && share <= 1.0, path, word, share, SizeMessages.notAShare(word))

    fun initializer(initializer: Initializer, path: String) =
        path.word("initializer").let { said ->
            when (initializer) {
                is Normal -> amount("deviation", initializer.deviation, said)
                is TruncatedNormal -> amount("deviation", initializer.deviation, said)
                is XavierNormal -> amount("gain", initializer.gain, said)
                is XavierUniform -> amount("gain", initializer.gain, said)
                is KaimingNormal,
                is KaimingUniform -> Unit
            }
        }

    fun norm(norm: Norm, path: String) =
        path.word("norm").let { said ->
            when (norm) {
                is LayerNorm -> amount("epsilon", norm.epsilon, said)
                is RmsNorm -> amount("epsilon", norm.epsilon, said)
                is ScaleNorm -> amount("epsilon", norm.epsilon, said)
                is BatchNorm -> {
                    amount("epsilon", norm.epsilon, said)
                    share("momentum", norm.momentum, said)
                }
                is PowerNorm -> {
                    amount("epsilon", norm.epsilon, said)
                    share("momentum", norm.momentum, said)
                }
                is NoNorm -> Unit
            }
        }

    companion object {
        /** Of every size: no machine holds more, and products of sizes stay numbers. */
        const val LARGEST = 1 shl 24
    }
}

/** The largest divisor of [number] that is not above [limit]. */
internal fun divisorBelow(number: Int, limit: Int): Int = (minOf(limit, number) downTo 1).first { number % it == 0 }
