package io.heddle.bench

/** Something that is promised of Heddle besides its times against libtorch's. */
internal sealed interface Claim {
    /** What `--only` calls it. */
    val name: String
    val title: String

    /**
     * A quantity of [work] against that of [against], which [side] does.
     *
     * @property times how many times as much is to be expected
     * @property goal what the ratio, divided by [times], lies in
     */
    data class Ratio(
        override val name: String,
        override val title: String,
        val quantity: Quantity,
        val work: Work,
        val against: Work,
        val goal: ClosedFloatingPointRange<Double>,
        val side: Side = Side.Heddle,
        val times: Double = 1.0,
    ) : Claim

    /** A quantity of [work] is at most this. */
    data class Amount(
        override val name: String,
        override val title: String,
        val quantity: Quantity,
        val work: Work,
        val most: Double,
    ) : Claim

    /**
     * A whole command of `heddle` takes at most this, in seconds.
     *
     * @property before what has to be there first, and is not timed
     * @property loss the largest validation loss that its last line may tell; infinite where it tells none
     */
    data class Command(
        override val name: String,
        override val title: String,
        val before: List<String>,
        val arguments: List<String>,
        val seconds: Double,
        val loss: Double,
    ) : Claim

    companion object {
        private const val GIBI = 1024.0 * 1024 * 1024
        private const val TIMES = 4

        /** What stands for the folder that a command writes to. */
        const val FOLDER = "FOLDER"

        private val growth =
            listOf(2, 8).flatMap { short ->
                val long = TIMES * short
                val (work, against) = Works.named("window-${long}k") to Works.named("window-${short}k")
                listOf(Quantity.Time to "time", Quantity.Planned to "planned memory").map { (quantity, word) ->
                    val title = "Window(256): $word at ${long}k positions, a fourth of it, against ${short}k"
                    Ratio("${work.name}-$word", title, quantity, work, against, 0.85..1.15, times = TIMES.toDouble())
                }
            }

        private val letters = Works.named("letters")

        val all: List<Claim> =
            listOf(
                Ratio(
                    "layouts",
                    "encoder-decoder step, pre-norm against post-norm",
                    Quantity.Time,
                    Works.named("translator-pre-norm"),
                    Works.named("translator"),
                    0.97..1.03,
                ),
                Ratio(
                    "causal",
                    "attention, 2,048 positions: causal against full",
                    Quantity.Time,
                    Works.named("attention-causal"),
                    Works.named("attention-full"),
                    0.0..0.60,
                ),
            ) +
                growth +
                listOf(
                    Amount(
                        "window-32k-fits",
                        "Window(256): all memory of the process at 32k positions",
                        Quantity.Resident,
                        Works.named("window-32k"),
                        4 * GIBI,
                    ),
                    Ratio(
                        "memory",
                        "training step, 6 layers: all memory of the process against libtorch's",
                        Quantity.Resident,
                        letters,
                        letters,
                        0.0..0.60,
                        Side.Libtorch,
                    ),
                    Command(
                        "nanogpt",
                        "heddle train samples/shakespeare.model.kts, 2,000 steps",
                        before = emptyList(),
                        listOf("train", "samples/shakespeare.model.kts", "--seed", "1", "--out", FOLDER),
                        seconds = 45.0,
                        loss = 1.90,
                    ),
                    Command(
                        "first-token",
                        "heddle generate --tokens 1 from what it saved",
                        listOf("train", "samples/shakespeare.model.kts", "--steps", "1", "--out", FOLDER),
                        listOf("generate", FOLDER, "--prompt", "ROMEO:", "--tokens", "1"),
                        seconds = 2.0,
                        loss = Double.POSITIVE_INFINITY,
                    ),
                )
    }
}
