package io.heddle.specs.language

import io.heddle.terms.Activation
import io.heddle.terms.BranchScale
import io.heddle.terms.Elu
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Identity
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.Normal
import io.heddle.terms.QuickGelu
import io.heddle.terms.Relu
import io.heddle.terms.Sigmoid
import io.heddle.terms.Silu
import io.heddle.terms.Softplus
import io.heddle.terms.SquaredRelu
import io.heddle.terms.Tanh
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform
import kotlin.enums.enumEntries
import kotlin.random.Random

/** Draws what a model may hold. */
class Choices(private val random: Random) {
    fun chance(): Boolean = random.nextBoolean()

    fun <T> one(vararg choices: () -> T): T = choices[random.nextInt(choices.size)]()

    inline fun <reified T : Enum<T>> entry(): T = enumEntries<T>().let { it[count(it.size) - 1] }

    /** From 1 to [most]. */
    fun count(most: Int): Int = random.nextInt(1, most + 1)

    fun long(): Long = random.nextLong()

    fun rate(): Double = one({ 0.0 }, { 0.1 }, { random.nextDouble() })

    fun amount(): Double = one({ 1.0 }, { 1e-5 }, { 500_000.0 }, { random.nextDouble() + Double.MIN_VALUE })

    private fun branches(): BranchScale = entry()

    fun initializer(): Initializer =
        one(
            { XavierUniform(amount(), branches()) },
            { XavierNormal(amount(), branches()) },
            { KaimingUniform },
            { KaimingNormal },
            { Normal(amount(), branches()) },
            { TruncatedNormal(amount(), branches()) },
        )

    fun activation(): Activation =
        one<Activation>(
            { Relu },
            { Gelu },
            { GeluTanh },
            { QuickGelu },
            { Silu },
            { SquaredRelu },
            { Elu },
            { Softplus },
            { Sigmoid },
            { Tanh },
            { Identity },
        )
}
