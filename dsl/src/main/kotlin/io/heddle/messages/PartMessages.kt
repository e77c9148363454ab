package io.heddle.messages

/** What is told of stacks, of their layers and of what these are made of. */
internal object PartMessages {
    fun stackHasNoLayers(input: String) = Message("the stack has no layers", "Say how many: stack($input, layers = 6).")

    fun stackHasTooManyLayers(most: Int) = Message("the stack has too many layers", "Say between 1 and $most.")

    fun layerIsEmpty() = Message("the layer is empty", "Say what it does: attention(heads = 8); addNorm()")

    fun nothingToClose() =
        Message("there is nothing to close", "Put it after a sublayer: attention(heads = 8); addNorm()")

    fun closedAlready(sublayer: String) =
        Message("there is nothing to close", "Leave it out: the residual around $sublayer is closed already.")

    fun moreGroupsThanLayers(layers: Int) = Message("there are more groups than layers", "Say 1 to $layers.")

    fun sharedWeightsDiffer() =
        Message(
            "it shares its weights with one that is described otherwise",
            "Say both alike, or ownWeights() in the second.",
        )

    fun normIsNeverUsed() =
        Message("ReZero has no norms", "Leave the norm out, or say another layout: layout = PreNorm.")

    fun thereIsNoLastNorm(layout: String) =
        Message(
            "$layout has no last norm to leave out",
            "Leave ending out: PreNorm, Sandwich, Parallel and Reversible have one.",
        )

    fun layerScaleIsNoNumber() = Message("layerScale is not a number", "Say layerScale(1e-4).")

    fun moreExpertsThanThereAre(experts: Int) =
        Message(
            "more experts are chosen than there are",
            "Say 1 to $experts; 1 is a Switch layer, 2 is usual elsewhere.",
        )

    fun noPatchesToMerge() = Message("there are no patches to merge", "Patches come from image() without classToken().")
}
