package io.heddle.check

/**
 * Thrown where work cannot go on because of what a user gave: a model, a recipe, data, weights, a file.
 *
 * It carries every [Problem] that was found, never only the first. The command line prints [message] alone and ends
 * with exit code 1; anything else that is thrown is a defect of Heddle and shows its stack trace.
 */
public open class ProblemsException(public val problems: List<Problem>, cause: Throwable?) :
    RuntimeException(problems.joinToString("\n\n") { it.render() }, cause) {
    public constructor(problems: List<Problem>) : this(problems, null)

    public constructor(problem: Problem) : this(listOf(problem), null)

    public constructor(problem: Problem, cause: Throwable) : this(listOf(problem), cause)

    init {
        require(problems.isNotEmpty()) { "A ProblemsException needs at least one problem." }
    }
}
