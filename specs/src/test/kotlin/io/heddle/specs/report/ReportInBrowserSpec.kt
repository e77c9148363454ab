package io.heddle.specs.report

import io.heddle.report.ReportFiles
import io.heddle.specs.cli.Desk
import io.kotest.core.spec.style.StringSpec
import io.kotest.core.test.Enabled
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** A report, opened by a browser without a net. */
class ReportInBrowserSpec :
    StringSpec({
        "headless Chromium opens the report, and its table can be read"
            .config(
                enabledOrReasonIf = {
                    if (Browser.program == null) Enabled.disabled(Browser.MISSING) else Enabled.enabled
                }
            ) {
                Desk().use { desk ->
                    ReportFiles.write(MadeUpResults.result(), desk.folder)
                    val page = Browser.opened(desk.folder.resolve(ReportFiles.HTML))
                    page shouldContain "<h1>Where the norm sits (made-up numbers)</h1>"
                    val rows =
                        Regex("<tr>(.*?)</tr>").findAll(page.substringBefore("</table>")).map { it.groupValues[1] }
                    val cells =
                        rows
                            .map { row ->
                                Regex("<t[hd][^>]*>(.*?)</t[hd]>").findAll(row).map { it.groupValues[1] }.toList()
                            }
                            .toList()
                    cells.size shouldBe 7
                    cells[4].take(5) shouldContainExactly PRE_NORM
                    Regex("<svg").findAll(page).count() shouldBe 18
                }
            }
    }) {
    private companion object {
        val PRE_NORM = listOf("pre-norm", "warmup 400", "3 of 3", "1.4981 ± 0.0091", "1.4981 ± 0.0091")
    }
}

/** Chromium, as Debian packs it, or another name of it. */
private object Browser {
    const val MISSING = "there is no Chromium on the PATH; apt-get install chromium"
    private const val SECONDS = 120L

    val program: File? =
        System.getenv("PATH")
            .orEmpty()
            .split(File.pathSeparator)
            .flatMap { folder -> listOf("chromium", "chromium-browser", "google-chrome").map { File(folder, it) } }
            .firstOrNull { it.canExecute() }

    /** The page as the browser has it, once it is there. */
    fun opened(page: Path): String {
        val folder = page.parent
        val out = folder.resolve("dom.html").toFile()
        val process =
            ProcessBuilder(
                    listOf("$program", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage") +
                        listOf(
                            "--user-data-dir=${folder.resolve("profile")}",
                            "--host-resolver-rules=MAP * ~NOTFOUND",
                        ) +
                        listOf("--virtual-time-budget=1000", "--dump-dom", "${page.toUri()}")
                )
                .redirectOutput(out)
                .redirectError(folder.resolve("browser.txt").toFile())
                .start()
        check(process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly()
            "Chromium did not end within $SECONDS seconds"
        }
        return out.readText()
    }
}
