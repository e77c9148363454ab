package io.heddle.lowering

/** How the inputs, states and outputs of a lowered graph are called. */
public object Names {
    /** `index [2]`: the seed and the number of the step, which decide all dropout. */
    public const val RANDOMNESS: String = "randomness"

    /** `[]`: what the summed loss is multiplied by, 1 / (number of real labels). */
    public const val NORMALIZER: String = "normalizer"

    /** `[]`: what the summed loss of one head is multiplied by, where a model has several objectives. */
    @JvmStatic public fun normalizer(head: String): String = "$head/normalizer"

    /**
     * `[]`: what the objective with this number, from 0, counts for in this run, where that changes from step to step:
     * its weight as far as it has decayed, times the batch's share of the sequences of its step.
     */
    @JvmStatic public fun objectiveWeight(number: Int): String = "objective/$number/weight"

    /** `index [batch, time]`: the word of [logits] that was drawn for each position, -1 for none. */
    @JvmStatic public fun drawn(logits: String): String = "$logits/drawn"

    /** `[batch, time]`: what `-log p` of each drawn word is multiplied by. */
    @JvmStatic public fun drawnWeights(logits: String): String = "$logits/drawn/weights"

    /** `[batch, time]`: `-log p` of each drawn word, 0 where there is none; an output. */
    @JvmStatic public fun drawnLosses(logits: String): String = "$logits/drawn/losses"

    /** `[batch, time, width]`: what the scores of each word are computed from, an output. */
    @JvmStatic public fun drawnStates(logits: String): String = "$logits/drawn/states"

    /** `[]`: the sum of what drawn words add to the loss of [logits], an output. */
    @JvmStatic public fun drawnLoss(logits: String): String = "$logits/drawn/loss"

    /** `[]`: the objectives' sum, an output. */
    public const val LOSS: String = "loss"

    /**
     * `index [batch]`: how many positions of the input [input] are real. When decoding, those in the cache count too.
     */
    @JvmStatic public fun lengths(input: String): String = "$input/lengths"

    /** `index [batch]`: how many of the positions that are decoded now are real. */
    @JvmStatic public fun fresh(input: String): String = "$input/fresh"

    /** `index []`: the position of the first token that is decoded now, the number of those in the cache. */
    @JvmStatic public fun offset(input: String): String = "$input/offset"

    /**
     * `index [batch, time]`: the label of each position, -1 for none; of speech the frames, `[batch, time, reduction *
     * features]`.
     */
    @JvmStatic public fun labels(logits: String): String = "$logits/labels"

    /** `index [batch]`: how many frames of each sequence are real that [speech] is to say. */
    @JvmStatic public fun frames(speech: String): String = "$speech/frames"

    /** `[batch, time, reduction]`: a score of each frame of [speech] that nothing comes after it; an output. */
    @JvmStatic public fun stops(speech: String): String = "$speech/stop"

    /** `[]`: the sum of what the objective with this number, from 0, makes small of speech; an output of evaluation. */
    @JvmStatic public fun objectiveTerm(number: Int): String = "objective/$number/term"

    /**
     * `index [batch, source]`: which of the words that [logits] scores each position of its source holds: one of the
     * vocabulary, or, for a word that this lacks, the vocabulary's size and the first position that holds it.
     */
    @JvmStatic public fun copies(logits: String): String = "$logits/copies"

    /**
     * `index [batch, time]`: which position of its source each place of [copies] is a copy of, -1 for none, where each
     * position says how many copies of it there are.
     */
    @JvmStatic public fun copied(copies: String): String = "$copies/copied"

    /**
     * `[vocabulary, rank]`: what a chain multiplies a word by where it stands before another; a weight, and an output.
     */
    @JvmStatic public fun left(logits: String): String = "$logits/left"

    /** As [left], where it stands behind another. */
    @JvmStatic public fun right(logits: String): String = "$logits/right"

    /** What an attention looks at, `[batch, time, keyValueHeads * headWidth]`: a state or an output. */
    @JvmStatic public fun keys(path: String): String = "$path/keys"

    /** As [keys], for values. */
    @JvmStatic public fun values(path: String): String = "$path/values"

    /** The weights of an attention, `[batch, heads, queries, keys]`: an output, where they were asked for. */
    @JvmStatic public fun attentionWeights(path: String): String = "$path/attentionWeights"

    /** The vectors that [logits] are made of, `[batch, time, width]`: an output, where they were asked for. */
    @JvmStatic public fun vectors(logits: String): String = "$logits/vectors"

    /** The embedding table of a token input, `[vocabulary, width]`. */
    @JvmStatic public fun embedding(input: String): String = "$input/embedding"

    /** The learned positions of an input, `[positions, width]`. */
    @JvmStatic public fun positions(input: String): String = "$input/positions"

    /** What is written in place and kept for the next run, as an output, so that it is written at all. */
    @JvmStatic public fun kept(name: String): String = "$name/kept"

    /** `index [batch, time]`: which kind of segment each token belongs to. */
    @JvmStatic public fun segments(input: String): String = "$input/segments"

    /**
     * `index [batch]`: how many positions of its sequence a row has read before these; at most as many of them as its
     * memory holds are seen, and none where this is 0.
     */
    @JvmStatic public fun remembered(input: String): String = "$input/remembered"

    /** The boxes of a picture's objects, `[batch, objects, 4]`: center, width and height as shares. */
    @JvmStatic public fun boxes(head: String): String = "$head/boxes"

    /** `index [batch, objects]`: the classes of a picture's objects. */
    @JvmStatic public fun objects(head: String): String = "$head/objects"

    /** `index [batch]`: how many objects a picture has. */
    @JvmStatic public fun counts(head: String): String = "$head/counts"
}
