package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.runtime.experiment.TrialStore
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.core.test.Enabled
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** A database that cannot be used is told with what to do about it, and is as it was. */
class StoreProblemsSpec :
    FunSpec({
        fun file(): Path = tempdir().toPath().resolve("runs.sqlite")

        fun open(file: Path) = TrialStore.open(file, SmallExperiment.experiment, "1")

        fun toldOf(file: Path): String =
            shouldThrow<ProblemsException> { open(file).close() }.message.orEmpty().withoutFree()

        fun <Result> change(file: Path, change: (Connection) -> Result): Result =
            DriverManager.getConnection("jdbc:sqlite:$file").use(change)

        fun Connection.run(words: String) = createStatement().use { it.executeUpdate(words) }

        test("a later heddle's database is told, and is not touched") {
            val file = file().also { open(it).close() }
            change(file) { it.run("PRAGMA user_version = 3") }
            val before = file.readBytes()
            toldOf(file) shouldBe
                """
                $file: a newer heddle has written this database
                  its version = 3
                  known here = 2
                  Go on with that heddle, or choose another folder with --out.
                  Nothing was changed.
                """
                    .trimIndent()
            file.readBytes() shouldBe before
        }

        test("an earlier heddle's database is told, and is not touched") {
            val file = file().also { open(it).close() }
            change(file) { it.run("PRAGMA user_version = 1") }
            val before = file.readBytes()
            toldOf(file) shouldBe
                """
                $file: an older heddle has written this database
                  its version = 1
                  known here = 2
                  Choose another folder with --out: what another version has trained is trained again in any case.
                  Nothing was changed.
                """
                    .trimIndent()
            file.readBytes() shouldBe before
        }

        test("what is no database is told, and is not touched") {
            val file = file()
            for (text in listOf("loss,steps\n", "a line of words\n".repeat(100))) {
                file.writeText(text)
                toldOf(file) shouldBe
                    """
                    $file: this is no database of SQLite
                      Move it away, or choose another folder with --out.
                    """
                        .trimIndent()
                file.readBytes() shouldBe text.toByteArray()
            }
        }

        test("another program's database is told, and is not touched") {
            val file = file()
            change(file) { it.run("CREATE TABLE songs (name TEXT)") }
            val before = file.readBytes()
            toldOf(file) shouldBe
                """
                $file: this database is not one of heddle's comparisons
                  Move it away, or choose another folder with --out.
                """
                    .trimIndent()
            file.readBytes() shouldBe before
        }

        test("an empty file is what a process leaves that was killed first of all") {
            val file = file().also { it.writeText("") }
            open(file).use { it.results().size shouldBe SmallExperiment.experiment.trials.size }
        }

        test("a damaged database is told with what SQLite says of it") {
            val file = file().also { open(it).close() }
            file.writeBytes(file.readBytes().copyOf(PAGE * 2))
            val told = toldOf(file).lines()
            told.filterNot { it.startsWith("  cause = [SQLITE_CORRUPT]") } shouldBe
                """
                $file: this database is damaged
                  Put back a copy of it, or save what can be read with: sqlite3 runs.sqlite .recover. To compare anew, move it away.
                """
                    .trimIndent()
                    .lines()
            told.size shouldBe 3
        }

        test(
            "two comparisons at once: the second is told which process has the folder, in this process and in others"
        ) {
            val file = file()
            fun taken(process: Long) =
                """
                ${file.parent}: another heddle (process $process) is comparing here
                  Wait until it has come to its end, or choose another folder with --out.
                """
                    .trimIndent()
            open(file).use { toldOf(file) shouldBe taken(ProcessHandle.current().pid()) }
            val holder = ProcessBuilder(javaCommand(PatientHolder, listOf("$file"))).start()
            holder.inputStream.bufferedReader().readLine() shouldBe "open"
            toldOf(file) shouldBe taken(holder.pid())
            holder.outputStream.close()
            holder.waitFor() shouldBe 0
            open(file).close()
        }

        test("a change that another program began and does not end is told; reading disturbs nobody") {
            val file = file().also { open(it).close() }
            change(file) { other ->
                other.run("BEGIN EXCLUSIVE")
                toldOf(file) shouldBe
                    """
                    $file: another program keeps this database locked
                      End what it does there, such as a change that was begun and not committed, and compare again.
                      What was recorded is kept.
                    """
                        .trimIndent()
                other.run("COMMIT")
                open(file).use { store ->
                    val question = other.createStatement().executeQuery("SELECT count(*) FROM trials")
                    question.getInt(1) shouldBe 0
                    question.close()
                    store.begin(SmallExperiment.experiment.trials.first(), "first", 100, file.resolveSibling("first"))
                }
            }
        }

        test("a folder that cannot be written to is told as any other") {
            toldOf(Path.of("/proc/heddle/runs.sqlite")) shouldBe
                """
                /proc/heddle: it could not be written
                  cause = /proc/heddle cannot be made
                  Check that /proc/heddle may be written to, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
        }

        test("SQLite's library needs a folder that programs can be run from") {
            val file = file()
            val nowhere = listOf("-Dorg.sqlite.tmpdir=/proc/heddle")
            val opener = ProcessBuilder(javaCommand(Opener, listOf("$file"), nowhere)).start()
            val told = opener.inputStream.bufferedReader().readText().trimEnd().lines()
            told.filterNot { it.startsWith("  cause = No native library found for os.name=") } shouldBe
                """
                $file: SQLite's library cannot be loaded
                  It is unpacked to the folder for temporary files, which must let programs be run. Name another one: JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=FOLDER.
                """
                    .trimIndent()
                    .lines()
            told.size shouldBe 3
            file.exists() shouldBe false
        }

        test("a disk that is full is told; what was recorded is kept, and with more room it goes on").config(
            enabledOrReasonIf = { smallDisks() }
        ) {
            val folder = tempdir().toPath()
            val child = javaCommand(DiskFiller, listOf("$folder/runs.sqlite")).joinToString(" ") { "'$it'" }
            val command = listOf("unshare", "-rm", "sh", "-c", "${mount(folder)} && exec $child")
            val filler = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            filler.inputStream
                .bufferedReader()
                .readText()
                .trimEnd()
                .replace(Regex("free = .*"), "free = 1.0 GiB") shouldBe
                """
                    $folder/runs.sqlite: the disk has too little room
                      free = 1.0 GiB
                      Make room on the disk of $folder, or choose another folder.
                      What was there before is untouched.
                    recorded true
                    went on true
                    opened again true
                    """
                    .trimIndent()
        }
    })

private const val PAGE = 4096

/** The free space changes from moment to moment. */
private fun String.withoutFree() = replace(Regex("\n  free = .*"), "")

private fun mount(folder: Path) = "mount -t tmpfs -o size=512k tmpfs '$folder'"

/**
 * Whether the system lets anybody have a small disk of their own, as Linux does where name spaces of users are allowed.
 */
private fun smallDisks(): Enabled {
    val folder = kotlin.io.path.createTempDirectory()
    val tried =
        runCatching { ProcessBuilder("unshare", "-rm", "sh", "-c", mount(folder)).start().waitFor() }.getOrDefault(1)
    return if (tried == 0) Enabled.enabled else Enabled.disabled("the system gives no small disk to fill (unshare -rm)")
}
