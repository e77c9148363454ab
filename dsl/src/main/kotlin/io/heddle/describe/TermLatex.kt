package io.heddle.describe

/** Writes terms for a paper, in math mode; needs amsmath. */
internal object TermLatex {
    private val greek = setOf("alpha", "beta", "gamma", "lambda", "phi", "tau")

    private val escapes =
        mapOf(
            '\\' to "\\textbackslash{}",
            '~' to "\\textasciitilde{}",
            '^' to "\\textasciicircum{}",
            '<' to "\\textless{}",
            '>' to "\\textgreater{}",
            '|' to "\\textbar{}",
        ) + "&%$#_{}".associateWith { "\\$it" }

    /** Words, in text mode. */
    fun escaped(text: String): String = text.map { escapes[it] ?: "$it" }.joinToString("")

    fun write(term: Term): String =
        when (term) {
            is Term.Name -> named(term.text)
            is Term.Number -> term.text.replace(",", "{,}").replace(exponent, "\\\\cdot 10^{$1}")
            is Term.Words -> "\\text{${escaped(term.text)}}"
            is Term.Call ->
                if (term.function.isEmpty()) "\\left(${listed(term.arguments)}\\right)"
                else "\\operatorname{${escaped(term.function)}}(${listed(term.arguments)})"
            is Term.Sum -> term.terms.withIndex().joinToString("") { (at, part) -> signed(at, part) }
            is Term.Minus -> "-${factor(term.term)}"
            is Term.Product -> term.factors.joinToString(" \\, ") { factor(it) }
            is Term.Each -> "${factor(term.left)} \\odot ${factor(term.right)}"
            is Term.Fraction -> "\\frac{${write(term.over)}}{${write(term.under)}}"
            is Term.Root -> "\\sqrt{${write(term.of)}}"
            is Term.Power -> "${atom(term.base)}^{${write(term.exponent)}}"
            is Term.Transposed -> "${atom(term.matrix)}^{\\top}"
            is Term.Indexed -> "${write(term.base)}_{${named(term.index)}}"
            is Term.Row -> "${atom(term.table)}[${write(term.place)}]"
            is Term.Beside -> "[${listed(term.terms)}]"
            is Term.Total -> "\\sum_{${named(term.over)}} ${factor(term.term)}"
        }

    private val exponent = Regex("e(-?\\d+)")

    private fun named(text: String): String =
        when {
            text == ".." -> "\\dots"
            text in greek -> "\\$text"
            text.length == 1 && text[0].isLetterOrDigit() -> text
            else -> "\\mathrm{${escaped(text).replace(" ", "\\ ")}}"
        }

    private fun listed(terms: List<Term>) = terms.joinToString(", ") { write(it) }

    private fun signed(at: Int, part: Term): String =
        when {
            part is Term.Minus && at > 0 -> " - ${factor(part.term)}"
            at > 0 -> " + ${write(part)}"
            else -> write(part)
        }

    private fun bracketed(term: Term) = "\\left(${write(term)}\\right)"

    private fun factor(term: Term): String =
        if (term is Term.Sum || term is Term.Minus || term is Term.Each) bracketed(term) else write(term)

    private fun atom(term: Term): String =
        when (term) {
            is Term.Sum,
            is Term.Minus,
            is Term.Product,
            is Term.Each,
            is Term.Fraction,
            is Term.Power,
            is Term.Transposed,
            is Term.Total -> bracketed(term)
            is Term.Indexed,
            is Term.Name,
            is Term.Number,
            is Term.Words,
            is Term.Call,
            is Term.Root,
            is Term.Row,
            is Term.Beside -> write(term)
        }
}
