package io.heddle.bench

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively
import kotlin.io.path.writeText
import kotlin.system.exitProcess
import org.openjdk.jmh.runner.Runner
import org.openjdk.jmh.runner.options.OptionsBuilder
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Model.CommandSpec
import picocli.CommandLine.Option
import picocli.CommandLine.Spec

/** `heddle bench`: Heddle and libtorch side by side, in one run. */
@Command(
    name = "heddle bench",
    description = ["Times Heddle and libtorch side by side, each in fresh processes, in turn."],
    mixinStandardHelpOptions = true,
)
internal class Bench : Callable<Int> {
    @Spec private lateinit var spec: CommandSpec

    @Option(names = ["--only"], paramLabel = "WORK", description = ["Time this work alone; may be given again."])
    private var only: List<String> = emptyList()

    @Option(names = ["--threads"], paramLabel = "N", description = ["Time with this many threads; default: 1 and 2."])
    private var threads: List<Int> = listOf(1, 2)

    @Option(
        names = ["--attention"],
        description = ["Measure instead how each kind of attention grows with the length of a sequence."],
    )
    private var attention = false

    @Option(
        names = ["--kernels"],
        paramLabel = "PATTERN",
        description = ["Time single kernels instead, those that the pattern is found in; . is all of them."],
    )
    private var kernels: String? = null

    @Option(names = ["--quick"], description = ["Fewer and shorter rounds."]) private var quick = false

    @Option(names = ["--json"], paramLabel = "FILE", description = ["Write the rows to this file as well."])
    private var json: Path? = null

    @Option(
        names = ["--results"],
        paramLabel = "FILE",
        description = ["Write the tables, and how they were made, there."],
    )
    private var results: Path? = null

    override fun call(): Int {
        kernels?.let {
            Runner(OptionsBuilder().include("KernelBenchmark.*$it").build()).run()
            return 0
        }
        val names = Works.all.map { it.name } + Claim.all.map { it.name }
        val unknown = only - names.toSet()
        unknown.forEach { System.err.println("There is no work $it. There are ${names.joinToString()}.") }
        // Asked before anything is timed: what was measured for half an hour is not to end in a folder that is not there.
        val homeless = listOfNotNull(json, results).filter { !Files.isDirectory(it.toAbsolutePath().parent) }
        homeless.forEach { System.err.println("There is no folder for $it: make it, or name another file.") }
        if (unknown.isNotEmpty() || homeless.isNotEmpty()) return MISUSE
        val folder = Files.createTempDirectory("heddle-bench")
        try {
            val pace = if (quick) Pace.quick else Pace.thorough
            val contests = Contests(folder, pace)
            val machine = Machine.measured(contests, threads)
            println(machine.text())
            val outcome =
                if (attention) Outcome(growth = growth(contests))
                else Outcome(rows(contests, machine, pace), claims(contests, machine, pace, folder))
            println(outcome.text())
            val command = (listOf("./heddle bench") + spec.commandLine().parseResult.originalArgs()).joinToString(" ")
            results?.writeText(ResultsFile.text(command, machine, outcome, pace))
            json?.writeText(outcome.json())
        } finally {
            @OptIn(ExperimentalPathApi::class) folder.deleteRecursively()
        }
        return 0
    }

    private fun isChosen(name: String) = only.isEmpty() || name in only

    private fun rows(contests: Contests, machine: Machine, pace: Pace): List<Row> {
        val rounds = Rounds(contests, pace.rounds, machine.environments)
        return Works.all
            .filter { isChosen(it.name) }
            .flatMap { work -> threads.map { rounds.row(work, it).also { row -> tell(Table.ofWorks(listOf(row))) } } }
    }

    private fun claims(contests: Contests, machine: Machine, pace: Pace, folder: Path): List<ClaimRow> {
        val commands = Commands(Path.of(System.getenv("HEDDLE_ROOT") ?: "."), folder)
        val claims = Claims(contests, commands, pace.rounds, machine.environments)
        return Claim.all
            .filter { isChosen(it.name) }
            .map { claims.row(it, threads.max()).also { row -> tell(Table.ofClaims(listOf(row))) } }
    }

    private fun growth(contests: Contests): List<GrowthRow> =
        Growth.attentions.map { name ->
            Growth(contests, threads.max()).row(name).also { tell(Table.ofGrowth(listOf(it))) }
        }

    /** Each row as soon as it is there: all of them take long. */
    private fun tell(table: String) = System.err.println(table.lines().last())

    companion object {
        private const val MISUSE = 2

        @JvmStatic
        fun main(arguments: Array<String>) {
            exitProcess(CommandLine(Bench()).execute(*arguments))
        }
    }
}

/**
 * How often and how long each side runs; times in seconds.
 *
 * @property turns of each side in a round, of [seconds] each
 */
internal data class Pace(val rounds: Int, val warm: Double, val turns: Int, val seconds: Double) {
    companion object {
        val thorough = Pace(rounds = 5, warm = 5.0, turns = 9, seconds = 0.6)
        val quick = Pace(rounds = 3, warm = 3.0, turns = 5, seconds = 0.4)
    }
}
