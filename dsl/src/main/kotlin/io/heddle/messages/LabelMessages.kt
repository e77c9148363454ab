package io.heddle.messages

/** What is told of labels, and of the models that learn them. */
internal object LabelMessages {
    fun entitiesAreTagged() =
        Message(
            "entities is not for this data",
            "It is for taggedWords(...), whose tags mark them. Leave entities() out.",
        )

    fun noEntity() =
        Message(
            "entities has a tag of another form",
            "Tags mark entities as B-kind, where one begins, I-kind inside and O outside. Leave entities() out.",
        )

    fun fewClasses(word: String) = Message("$word has fewer than two names", "Name all that there are.")

    fun repeatedClass(word: String) = Message("$word has a name twice", "Name each once.")

    fun columnNotThere(word: String) =
        Message("$word is no column", "Columns are counted from 1, and label is another than input.")

    fun lettersAreKnown() =
        Message(
            "wordDropout is not for characters",
            "All of them are known. Leave it out, or choose another tokenizer: Tokenization.Words(minimum = 2).",
        )

    fun modelHasNoTextClasses() =
        RecipeOfModelMessages.wrongInputs("This data needs 1 and 1: texts to read, and their classes.")

    fun modelHasNoTags() =
        RecipeOfModelMessages.wrongInputs("This data needs 1 and 1: sentences to read, and the tags of their words.")

    fun otherObjectives(head: String) =
        Message(
            "the model has other objectives than the data of its recipe",
            "A recipe trains one, of what it has labels for. Say objective { crossEntropy(\"$head\") }.",
        )

    fun otherClasses(count: Int) =
        Message("the model has other classes than the data of its recipe", "Say classes = $count.")

    fun classesAreForTexts() =
        Message(
            "the model has a class for each word, and its data one for each text",
            "Say how words become one: classify(encoder, Mean, classes = 2).",
        )

    fun classesAreForWords() =
        Message(
            "the model has one class for a text, and its data one for each word",
            "Say that each word has one: classify(encoder, Each, classes = 17).",
        )

    fun manyLabels() = Message("the model has any number of labels, and its data one", "Leave multiLabel() out.")
}
