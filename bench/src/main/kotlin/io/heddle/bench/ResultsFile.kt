package io.heddle.bench

import java.time.LocalDate

/** The tables as a page that says how they came about. */
internal object ResultsFile {
    fun text(command: String, machine: Machine, outcome: Outcome, pace: Pace): String =
        listOf(
                "# What the bench said",
                "    $command",
                "${LocalDate.now()}, ${pace.rounds} rounds. In each, fresh processes of both sides (and one that measures\n" +
                    "what the machine can do) run for ${pace.warm} s to warm up, and then in turn, ${pace.turns} times for\n" +
                    "${pace.seconds} s each. A round's ratio is the median of its turns' ratios; ratios and times in the\n" +
                    "tables are medians over the rounds, and the spread is that of the rounds' ratios.\n" +
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
