package io.heddle.dims

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

    /** The size, for a dim that [isKnown]. */
    public val size: Long
        get() {
            check(isKnown) { "$this has no size until its symbols are bound." }
            return canonical.constant
        }

    /** The names without a size that this dim depends on. */
    public val symbols: Set<String>
        get() = canonical.freeSymbols()

    public operator fun plus(other: Dim): Dim = Dim(polynomial + other.polynomial)

    public operator fun plus(other: Long): Dim = this + of(other)

    public operator fun minus(other: Dim): Dim = Dim(polynomial + other.polynomial * Polynomial.constant(-1))

    public operator fun minus(other: Long): Dim = this - of(other)

    public operator fun times(other: Dim): Dim = Dim(polynomial * other.polynomial)

    public operator fun times(other: Long): Dim = this * of(other)

    /** Whole-number division, rounded down. */
    public operator fun div(other: Dim): Dim {
        if (isKnown && other.isKnown && other.size == 1L) return this
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
     */
    public fun evaluate(bindings: Map<String, Long>): Long = polynomial.evaluate(bindings)

    /** The dim with the bound symbols replaced by their sizes. */
    public fun bind(bindings: Map<String, Long>): Dim = Dim(polynomial.bind(bindings))

    /** What it is worth divided by what [other] is worth, where nothing is left over; null elsewhere. */
    internal fun exactlyBy(other: Dim): Polynomial? = canonical.exactlyBy(other.canonical)

    override fun equals(other: Any?): Boolean = other is Dim && canonical == other.canonical

    override fun hashCode(): Int = canonical.hashCode()

    override fun toString(): String = polynomial.toString()

    public companion object {
        /** A plain number. */
        @JvmStatic public fun of(size: Long): Dim = Dim(Polynomial.constant(size))

        /** A size that is known and has a name: `width` is 512. */
        @JvmStatic public fun named(name: String, size: Long): Dim = Dim(Polynomial.atom(Atom.Named(name, size)))

        /** A size known only when the model runs: `batch`. */
        @JvmStatic public fun symbol(name: String): Dim = Dim(Polynomial.atom(Atom.Symbol(name)))
    }
}
