package io.heddle.dims

import java.math.BigInteger

/**
 * A size that may not be known yet: a polynomial over named sizes, such as `batch * source` or `4 * width`.
 *
 * Dims compare by what they are worth: `4 * width` with `width = 512` equals `2048`, and `batch + 1` equals `1 +
 * batch`. Names are kept for the reader: an error or a formula shows `4 * width`, not `2048`.
 */
public class Dim private constructor(private val polynomial: Polynomial) {
    private val canonical: Polynomial by lazy { polynomial.substituteNamed() }

    /** True when the size is known without any binding. */
    public val isKnown: Boolean
        get() = canonical.isConstant

    /**
     * The size, for a dim that [isKnown].
     *
     * @throws ArithmeticException when a Long does not hold it; [number] does
     */
    public val size: Long
        get() {
            check(isKnown) { "$this has no size until its symbols are bound." }
            return canonical.constant.longValueExact()
        }

    /** The size of a dim that [isKnown], however large. */
    internal val number: BigInteger
        get() = canonical.constant

    /** The names without a size that this dim depends on. */
    public val symbols: Set<String>
        get() = canonical.freeSymbols()

    public operator fun plus(other: Dim): Dim = Dim(polynomial + other.polynomial)

    public operator fun plus(other: Long): Dim = this + of(other)

    public operator fun minus(other: Dim): Dim =
        Dim(polynomial + other.polynomial * Polynomial.constant(BigInteger.ONE.negate()))

    public operator fun minus(other: Long): Dim = this - of(other)

    public operator fun times(other: Dim): Dim = Dim(polynomial * other.polynomial)

    public operator fun times(other: Long): Dim = this * of(other)

    /** Whole-number division, rounded down. */
    public operator fun div(other: Dim): Dim {
        if (isKnown && other.isKnown && other.number == BigInteger.ONE) return this
        polynomial.exactlyBy(other.polynomial)?.let {
            return Dim(it)
        }
        return Dim(Polynomial.atom(Atom.Quotient(this, other)))
    }

    public operator fun div(other: Long): Dim = this / of(other)

    /**
     * The size under [bindings], which must name every symbol.
     *
     * @throws IllegalArgumentException when a symbol is not bound
     * @throws ArithmeticException when a Long does not hold it; [count] does
     */
    public fun evaluate(bindings: Map<String, Long>): Long = count(bindings).longValueExact()

    /**
     * As [evaluate], for what may be larger than any one size: the operations of a model.
     *
     * @throws IllegalArgumentException when a symbol is not bound
     */
    public fun count(bindings: Map<String, Long>): BigInteger = polynomial.evaluate(bindings)

    /** Every size that is known as a number, so that a formula names only what is not. */
    internal fun plain(): Dim = Dim(canonical)

    /** The dim with the bound symbols replaced by their sizes. */
    public fun bind(bindings: Map<String, Long>): Dim = Dim(polynomial.bind(bindings))

    /** What it is worth divided by what [other] is worth, where nothing is left over; null elsewhere. */
    internal fun exactlyBy(other: Dim): Polynomial? = canonical.exactlyBy(other.canonical)

    // What is written alike is worth the same, and quickly told.
    override fun equals(other: Any?): Boolean =
        other is Dim && (polynomial == other.polynomial || canonical == other.canonical)

    override fun hashCode(): Int = canonical.hashCode()

    override fun toString(): String = polynomial.toString()

    public companion object {
        /** A plain number. */
        @JvmStatic public fun of(size: Long): Dim = Dim(Polynomial.constant(size.toBigInteger()))

        /** A size that is known and has a name: `width` is 512. */
        @JvmStatic public fun named(name: String, size: Long): Dim = Dim(Polynomial.atom(Atom.Named(name, size)))

        /** A size known only when the model runs: `batch`. */
        @JvmStatic public fun symbol(name: String): Dim = Dim(Polynomial.atom(Atom.Symbol(name)))
    }
}
