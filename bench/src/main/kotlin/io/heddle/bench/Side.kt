package io.heddle.bench

/** Who does a work, and what its process is started with. */
internal enum class Side(val word: String) {
    Heddle("heddle"),
    Libtorch("libtorch"),

    /** libtorch with all numbers in bfloat16, for works whose weights Heddle stores so. */
    LibtorchBfloat16("libtorch-bf16"),

    /** Writes the weights that both begin with. */
    Weights("weights"),

    /** What the machine can do. */
    Limit("limit"),
}
