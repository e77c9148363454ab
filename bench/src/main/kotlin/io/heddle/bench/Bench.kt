package io.heddle.bench

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively
import kotlin.io.path.writeText
import kotlin.system.exitProcess
import kotlinx.serialization.json.Json
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Option

/** `heddle bench`: Heddle and libtorch side by side, in one run. */
@Command(
    name = "heddle bench",
    description = ["Times Heddle and libtorch side by side, each in fresh processes, in turn."],
    mixinStandardHelpOptions = true,
)
internal class Bench : Callable<Int> {
    @Option(names = ["--only"], paramLabel = "WORK", description = ["Time this work alone; may be given again."])
    private var only: List<String> = emptyList()

    @Option(names = ["--threads"], paramLabel = "N", description = ["Time with this many threads; default: 1 and 2."])
    private var threads: List<Int> = listOf(1, 2)

    @Option(names = ["--quick"], description = ["Fewer and shorter rounds."]) private var quick = false

    @Option(names = ["--json"], paramLabel = "FILE", description = ["Write the rows to this file as well."])
    private var json: Path? = null

    @Option(names = ["--results"], paramLabel = "FILE", description = ["Write the table, and how it was made, there."])
    private var results: Path? = null

    override fun call(): Int {
        val works = chosen() ?: return MISUSE
        val folder = Files.createTempDirectory("heddle-bench")
        try {
            val pace = if (quick) Pace.quick else Pace.thorough
            val contests = Contests(folder, pace.warm, pace.seconds)
            val machine = Machine.measured(contests, threads)
            println(machine.text())
            val rounds = Rounds(contests, pace.rounds, machine.environments, machine.limits)
            val rows =
                works.flatMap { work ->
                    threads.map { threads ->
                        rounds.row(work, threads).also { System.err.println(Table.text(listOf(it)).lines().last()) }
                    }
                }
            println(Table.text(rows))
            results?.writeText(ResultsFile.text(machine, rows, pace))
            json?.writeText(format.encodeToString(rows) + "\n")
        } finally {
            @OptIn(ExperimentalPathApi::class) folder.deleteRecursively()
        }
        return 0
    }

    private fun chosen(): List<Work>? {
        val unknown = only.filterNot { name -> Works.all.any { it.name == name } }
        unknown.forEach {
            System.err.println("There is no work $it. There are ${Works.all.joinToString { work -> work.name }}.")
        }
        return if (unknown.isEmpty()) Works.all.filter { only.isEmpty() || it.name in only } else null
    }

    companion object {
        private const val MISUSE = 2
        private val format = Json { prettyPrint = true }

        @JvmStatic
        fun main(arguments: Array<String>) {
            exitProcess(CommandLine(Bench()).execute(*arguments))
        }
    }
}

/**
 * How often and how long each side runs; times in seconds.
 *
 * @property option what of the command line chose it
 */
internal data class Pace(val rounds: Int, val warm: Double, val seconds: Double, val option: String) {
    companion object {
        val thorough = Pace(rounds = 5, warm = 5.0, seconds = 4.0, option = "")
        val quick = Pace(rounds = 3, warm = 3.0, seconds = 1.5, option = " --quick")
    }
}
