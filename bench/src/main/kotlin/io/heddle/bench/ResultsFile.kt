package io.heddle.bench

import java.time.LocalDate

/** The table as a page that says how it came about. */
internal object ResultsFile {
    fun text(command: String, machine: Machine, outcome: Outcome, pace: Pace): String =
        """
        |# What the bench said
        |
        |    $command
        |
        |${LocalDate.now()}, ${pace.rounds} rounds in turn; each is a fresh process, ${pace.warm} s to warm up and then the median of ${pace.seconds} s of runs. Times are
        |medians over the rounds, ratios the medians of the rounds' own ratios.
        |
        |${machine.text().trimEnd().lines().joinToString("\n") { "- $it" }.replace("\n", "\n|")}
        |
        |${outcome.text().replace("\n", "\n|")}
        |
        |Both sides begin with the same weights and the same data, and must agree on the loss (training: that of the tenth step; reading:
        |the score of the last token of the vocabulary):
        |
        |${checks(outcome.rows).replace("\n", "\n|")}
        |"""
            .trimMargin()

    private fun checks(rows: List<Row>): String =
        rows.distinctBy { it.work }.joinToString("\n") { "- ${it.work}: ${it.heddleCheck} and ${it.libtorchCheck}" }
}
