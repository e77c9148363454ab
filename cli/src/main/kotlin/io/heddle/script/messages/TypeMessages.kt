package io.heddle.script.messages

/** What is wrong with a value, and what to say instead. */
internal data class TypeMessage(val title: String, val mend: String)

/** What is told of values that do not fit where they stand. */
internal object TypeMessages {
    fun furtherOut(word: String) =
        TypeMessage(
            "$word belongs to a block further out",
            "Say it there, or in the brackets before these braces: tokens(vocab = 65, width = 16) { ... }.",
        )

    fun notSaid(argument: String) = TypeMessage("$argument is not said", "Say it in the brackets: $argument = ...")

    fun forMasks(word: String) = TypeMessage("$word is for masks", "A mask is a value: mask = Causal and Window(128).")

    fun saidTwice() = TypeMessage("a val is said once", "Say another val, of another name, for another value.")

    fun unnamed(wanted: TypeWords) =
        TypeMessage("${wanted.words} belongs here, and this has no name yet", "Name it first: val text by tokens(65).")

    fun withoutBrackets(wanted: TypeWords, given: String) =
        TypeMessage("${wanted.words} belongs here, and $given has no brackets", "Say $given().")

    fun another(wanted: TypeWords, given: String) =
        TypeMessage("${wanted.words} belongs here, and this is ${TypeWords.words(given)}", wanted.mend)
}
