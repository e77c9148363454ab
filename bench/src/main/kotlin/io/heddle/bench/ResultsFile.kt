package io.heddle.bench

import java.time.LocalDate

/** The tables as a page that says how they came about. */
internal object ResultsFile {
    fun text(command: String, machine: Machine, outcome: Outcome, pace: Pace): String =
        listOf(
                "# What the bench said",
                "    $command",
                "${LocalDate.now()}, ${pace.rounds} rounds. In each, fresh processes of both sides (and one that\n" +
                    "measures what the machine can do) warm up for ${pace.warm} s, and then run in turn,\n" +
                    "${pace.turns} times for ${pace.seconds} s each. A round's ratio is the median of its\n" +
                    "turns' ratios. Ratios and times in the tables are medians over the rounds; the spread is\n" +
                    "that of the rounds' ratios.\n" +
                    "${Environment.UNSET.joinToString()} are not set.",
                machine.text().trimEnd().lines().joinToString("\n") { "- $it" },
                outcome.text(),
                checks(outcome.rows),
            )
            .filter { it.isNotEmpty() }
            .joinToString("\n\n", postfix = "\n")

    private fun checks(rows: List<Row>): String =
        if (rows.isEmpty()) ""
        else
            "Both sides begin with the same weights and the same data, and must agree: on the loss of the tenth\n" +
                "step, on the score of the last token of the vocabulary, or on the sum of what an attention\n" +
                "gives.\n\n" +
                rows
                    .distinctBy { it.work }
                    .joinToString("\n") { "- ${it.work}: ${it.heddleCheck} and ${it.libtorchCheck}" }
}
