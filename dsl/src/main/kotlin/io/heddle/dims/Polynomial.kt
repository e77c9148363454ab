package io.heddle.dims

import java.math.BigInteger

/** What a polynomial multiplies: a name, a name with a size, or a quotient that does not simplify. */
internal sealed interface Atom {
    data class Symbol(val name: String) : Atom {
        override fun toString(): String = name
    }

    data class Named(val name: String, val size: Long) : Atom {
        override fun toString(): String = name
    }

    data class Quotient(val dividend: Dim, val divisor: Dim) : Atom {
        override fun toString(): String = "${bracketed(dividend)} / ${bracketed(divisor)}"

        private fun bracketed(dim: Dim): String = dim.toString().let { if (' ' in it) "($it)" else it }
    }
}

/**
 * A sum of products in normal form: each key is a product of atoms with their powers, each value its coefficient, which
 * is never zero and may be of any size. The empty product is the constant term.
 */
internal class Polynomial private constructor(private val terms: Map<Map<Atom, Int>, BigInteger>) {
    val isConstant: Boolean
        get() = terms.keys.all { it.isEmpty() }

    val constant: BigInteger
        get() = terms[emptyMap()] ?: BigInteger.ZERO

    private val isOne: Boolean
        get() = terms.size == 1 && terms[emptyMap()] == BigInteger.ONE

    operator fun plus(other: Polynomial): Polynomial {
        if (terms.isEmpty()) return other
        val sum = LinkedHashMap(terms)
        other.terms.forEach { (product, coefficient) -> sum.merge(product, coefficient, BigInteger::add) }
        return Polynomial(sum.filterValues { it.signum() != 0 })
    }

    operator fun times(other: Polynomial): Polynomial {
        if (isOne) return other
        if (other.isOne) return this
        val result = LinkedHashMap<Map<Atom, Int>, BigInteger>()
        terms.forEach { (left, leftCoefficient) ->
            other.terms.forEach { (right, rightCoefficient) ->
                val product = LinkedHashMap(left)
                right.forEach { (atom, power) -> product[atom] = (product[atom] ?: 0) + power }
                result.merge(product, leftCoefficient * rightCoefficient, BigInteger::add)
            }
        }
        return Polynomial(result.filterValues { it.signum() != 0 })
    }

    /** The same polynomial with every atom replaced; powers multiply out. */
    private fun replace(replacement: (Atom) -> Polynomial): Polynomial {
        if (terms.keys.all { it.isEmpty() }) return this
        var sum = constant(BigInteger.ZERO)
        terms.forEach { (product, coefficient) ->
            var term = constant(coefficient)
            product.forEach { (atom, power) -> repeat(power) { term *= replacement(atom) } }
            sum += term
        }
        return sum
    }

    fun substituteNamed(): Polynomial = replace { atom ->
        when (atom) {
            is Atom.Symbol -> atom(atom)
            is Atom.Named -> constant(atom.size.toBigInteger())
            is Atom.Quotient -> quotient(atom.dividend, atom.divisor)
        }
    }

    fun bind(bindings: Map<String, Long>): Polynomial = replace { atom ->
        when (atom) {
            is Atom.Symbol -> bindings[atom.name]?.let { constant(it.toBigInteger()) } ?: atom(atom)
            is Atom.Named -> atom(atom)
            is Atom.Quotient -> quotient(atom.dividend.bind(bindings), atom.divisor.bind(bindings))
        }
    }

    fun evaluate(bindings: Map<String, Long>): BigInteger {
        val bound = bind(bindings).substituteNamed()
        require(bound.isConstant) { "No size is bound for ${bound.freeSymbols().joinToString()} in $this." }
        return bound.constant
    }

    fun freeSymbols(): Set<String> =
        terms.keys
            .flatMap { it.keys }
            .flatMapTo(sortedSetOf()) { atom ->
                when (atom) {
                    is Atom.Symbol -> setOf(atom.name)
                    is Atom.Named -> emptySet()
                    is Atom.Quotient -> atom.dividend.symbols + atom.divisor.symbols
                }
            }

    /** The quotient, where [divisor] is one product that goes into every term; null elsewhere. */
    fun exactlyBy(divisor: Polynomial): Polynomial? {
        val (product, coefficient) = divisor.terms.entries.singleOrNull() ?: return null
        val fits =
            terms.all { (own, times) ->
                times.mod(coefficient.abs()).signum() == 0 && product.all { (atom, power) -> (own[atom] ?: 0) >= power }
            }
        if (!fits) return null
        return Polynomial(
            terms.entries.associate { (own, times) ->
                val left = own.mapValues { (atom, power) -> power - (product[atom] ?: 0) }
                left.filterValues { it > 0 } to times / coefficient
            }
        )
    }

    override fun equals(other: Any?): Boolean =
        this === other || (other is Polynomial && (terms === other.terms || terms == other.terms))

    override fun hashCode(): Int = terms.hashCode()

    override fun toString(): String {
        if (terms.isEmpty()) return "0"
        val text = StringBuilder()
        terms.entries
            .sortedBy { (product, _) -> product.isEmpty() }
            .forEach { (product, coefficient) ->
                if (text.isEmpty()) {
                    if (coefficient.signum() < 0) text.append('-')
                } else text.append(if (coefficient.signum() < 0) " - " else " + ")
                val magnitude = coefficient.abs()
                val factors = product.map { (atom, power) -> factor(atom, power, alone = product.size == 1) }
                text.append(
                    (if (magnitude == BigInteger.ONE && factors.isNotEmpty()) factors
                        else listOf("$magnitude") + factors)
                        .joinToString(" * ")
                )
            }
        return text.toString()
    }

    private fun factor(atom: Atom, power: Int, alone: Boolean): String {
        val base = if (atom is Atom.Quotient && !(alone && power == 1)) "($atom)" else "$atom"
        return if (power == 1) base else "$base^$power"
    }

    companion object {
        fun constant(value: BigInteger): Polynomial =
            Polynomial(if (value.signum() == 0) emptyMap() else mapOf(emptyMap<Atom, Int>() to value))

        fun atom(atom: Atom): Polynomial = Polynomial(mapOf(mapOf(atom to 1) to BigInteger.ONE))

        private fun quotient(dividend: Dim, divisor: Dim): Polynomial =
            if (dividend.isKnown && divisor.isKnown) constant(floored(dividend.number, divisor.number))
            else dividend.exactlyBy(divisor) ?: atom(Atom.Quotient(dividend, divisor))

        private fun floored(dividend: BigInteger, divisor: BigInteger): BigInteger {
            val (quotient, rest) = dividend.divideAndRemainder(divisor)
            return if (rest.signum() * divisor.signum() < 0) quotient - BigInteger.ONE else quotient
        }
    }
}
