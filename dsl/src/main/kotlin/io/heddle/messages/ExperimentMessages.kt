package io.heddle.messages

import kotlin.math.ceil

/** What is told of experiments. */
internal object ExperimentMessages {
    fun noVariants() =
        Message("there is nothing to compare", "Name models: variants(base, base.edit { layout = PreNorm }).")

    fun noRecipe() =
        Message(
            "there is no recipe",
            "Say how all are trained: recipe(text(\"input.txt\", context = 64), steps = 2_000).",
        )

    fun sameNames(name: String) =
        Message(
            "two variants are called \"$name\"",
            "Give each a name of its own: variant(\"$name, deeper\", base.edit { stack(\"decoder\", layers = 6) }).",
        )

    fun sameModels(first: String, second: String) =
        Message("\"$first\" and \"$second\" are the same model", "Leave one out, or change it.")

    fun noValues(word: String) = Message("$word has no values", "Name some: $word(...), or leave $word out of vary.")

    fun wordTwice(word: String) = Message("$word is varied twice", "Say all its values at once.")

    fun changesNothing(word: String) =
        Message(
            "$word changes nothing",
            "Leave it out: a word that is said after it says the same anew, or the optimizer has no such number. Of " +
                "words that change the same, say the one that holds the other first: optimizer before learningRate, " +
                "schedule before warmup.",
        )

    fun sameSettings(first: String, second: String) =
        Message(
            "two settings are the same recipe",
            "\"$first\" is no other than \"$second\". Leave one out; of words that change the same, say the one that " +
                "holds the other first: optimizer before learningRate, schedule before warmup.",
        )

    fun nothingVaries() = Message("vary says nothing", "Say what is tried: vary { warmup(0, 500) }, or leave it out.")

    fun saidTwice(word: String) = Message("$word is said twice", "Only one can hold. Leave out the other.")

    fun alikeTwice() =
        Message("variants are to be alike in two things", "They can be in one: say match or rescale once.")

    fun noSeeds() = Message("there are no seeds", "Name some: seeds(1, 2, 3).")

    fun repeatedSeed() = Message("a seed is there twice", "Its trial would be the same. Name each once.")

    fun notAShare() = Message("within is out of range", "It must be at least 0 and below 1.")

    fun notALoss() = Message("the loss above which a trial diverges is not positive", "It must be above 0.")

    fun parametersCannotBeRescaled() =
        Message("no number of steps makes parameters alike", "Say match(parameters), or rescale(operations).")

    fun timeIsNotKnown() =
        Message(
            "time is known only when all is trained",
            "Say match(time), which trains each for as long as the first.",
        )

    fun stepsChange() =
        Message(
            "a step does not take as long before rewards begin as afterwards",
            "Say rescale(operations), or let rewards begin at once (after = 0) with the weights of another run.",
        )

    /**
     * @param apart how far they are apart, a share of what the first has
     * @param within how far they may be
     */
    fun otherParameters(variant: String, first: String, apart: Double, within: Double): Message {
        val rounded = upwards(apart)
        val mend = "They are the share $rounded apart, where $within is allowed. Change a width"
        val title = "\"$variant\" has not as many parameters as \"$first\""
        return if (rounded < 1.0) Message(title, "$mend, or say match(parameters, within = $rounded).")
        else Message(title, "$mend.")
    }

    /**
     * @param apart how far they are apart, a share of what the first has
     * @param within how far they may be
     */
    fun otherOperations(variant: String, first: String, apart: Double, within: Double): Message {
        val rounded = upwards(apart)
        val mend = "They are the share $rounded apart, where $within is allowed. Change a width"
        val rescaled = "or rescale(operations), which trains each for as many steps as come to the same."
        val title = "\"$variant\" takes not as many operations as \"$first\""
        return if (rounded < 1.0) Message(title, "$mend, say match(operations, within = $rounded), $rescaled")
        else Message(title, "$mend, $rescaled")
    }

    /** Rounded up to two places, or where that is nothing yet, to six. */
    private fun upwards(share: Double): Double =
        if (share < SMALL) ceil(share * FINE) / FINE else ceil(share * COARSE) / COARSE

    private const val SMALL = 0.01
    private const val COARSE = 1e2
    private const val FINE = 1e6
}
