package io.heddle.describe

/** Writes terms for a terminal. */
internal object TermText {
    fun write(term: Term): String =
        when (term) {
            is Term.Name -> term.text
            is Term.Number -> term.text
            is Term.Words -> term.text
            is Term.Call -> "${term.function}(${listed(term.arguments)})"
            is Term.Sum -> term.terms.withIndex().joinToString("") { (at, part) -> signed(at, part) }
            is Term.Minus -> "-${factor(term.term)}"
            is Term.Product -> term.factors.joinToString(" ") { beside(it) }
            is Term.Each -> "${factor(term.left)} * ${factor(term.right)}"
            is Term.Fraction -> "${factor(term.over)} / ${divisor(term.under)}"
            is Term.Root -> "sqrt(${write(term.of)})"
            is Term.Power -> "${atom(term.base)}^${atom(term.exponent)}"
            is Term.Transposed -> "${atom(term.matrix)}^T"
            is Term.Indexed -> "${write(term.base)}_${term.index}"
            is Term.Row -> "${atom(term.table)}[${write(term.place)}]"
            is Term.Beside -> "[${listed(term.terms)}]"
            is Term.Total -> "sum over ${term.over} of ${factor(term.term)}"
        }

    private fun listed(terms: List<Term>) = terms.joinToString { write(it) }

    private fun signed(at: Int, part: Term): String =
        when {
            part is Term.Minus && at > 0 -> " - ${factor(part.term)}"
            at > 0 -> " + ${write(part)}"
            else -> write(part)
        }

    private fun bracketed(term: Term) = "(${write(term)})"

    private fun factor(term: Term): String =
        if (term is Term.Sum || term is Term.Minus || term is Term.Each) bracketed(term) else write(term)

    /** A factor that stands beside others, where a fraction or words could be read as theirs. */
    private fun beside(term: Term): String =
        if (term is Term.Fraction || (term is Term.Words && ' ' in term.text)) bracketed(term) else factor(term)

    private fun divisor(term: Term): String = if (term is Term.Power) write(term) else atom(term)

    private fun atom(term: Term): String =
        when (term) {
            is Term.Sum,
            is Term.Minus,
            is Term.Product,
            is Term.Each,
            is Term.Fraction,
            is Term.Power,
            is Term.Total -> bracketed(term)
            is Term.Name,
            is Term.Number,
            is Term.Words,
            is Term.Call,
            is Term.Root,
            is Term.Transposed,
            is Term.Indexed,
            is Term.Row,
            is Term.Beside -> write(term)
        }
}
