package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.files.AtomicFile
import java.nio.file.Path
import kotlin.io.path.deleteIfExists
import kotlin.io.path.isRegularFile
import kotlin.io.path.readText

/** Writes what an experiment came to, for people to read. */
public object ReportFiles {
    /** The report as one page for a browser. */
    public const val HTML: String = "report.html"

    /** The report as Markdown. */
    public const val MARKDOWN: String = "report.md"

    /**
     * Writes `report.html`, one file that needs nothing else, `report.md`, and its pictures in `charts`.
     *
     * Trials that are not finished, or not begun, are said to be so; means are of those that finished.
     *
     * Pictures that an earlier report showed and this one does not are removed; whatever else is in `charts` stays.
     *
     * @param folder made where it is missing; files of these names are replaced, each in one step
     * @throws io.heddle.check.ProblemsException where a file cannot be written
     */
    @JvmStatic
    @JvmOverloads
    public fun write(result: ExperimentResult, folder: Path, extent: Extent = Extent.Whole) {
        val pages = ReportPages.of(result, extent)
        val before = pictures(folder.resolve(MARKDOWN))
        pages.charts.forEach { (file, svg) -> AtomicFile.writeText(folder.resolve(file), svg) }
        AtomicFile.writeText(folder.resolve(MARKDOWN), pages.markdown)
        AtomicFile.writeText(folder.resolve(HTML), pages.html)
        (before - pages.charts.keys).forEach { folder.resolve(it).deleteIfExists() }
    }

    /** The pictures that the report in [file] shows. */
    private fun pictures(file: Path): Set<String> =
        if (file.isRegularFile()) picture.findAll(file.readText()).map { it.groupValues[1] }.toSet() else emptySet()

    private val picture = Regex("^!\\[.*]\\((${MarkdownPage.CHARTS}/[a-z0-9-]+\\.svg)\\)$", RegexOption.MULTILINE)

    /** What differs between the variants of [result], and what cannot be told, in lines for a terminal. */
    @JvmStatic
    @JvmOverloads
    public fun statement(result: ExperimentResult, extent: Extent = Extent.Whole): String =
        Report(result, extent).statement()
}

/**
 * A report before it is written.
 *
 * @property charts pictures as SVG, by their file from where [markdown] stands
 */
public class ReportPages
private constructor(public val html: String, public val markdown: String, public val charts: Map<String, String>) {
    public companion object {
        /** What [result] has to tell. */
        @JvmStatic
        @JvmOverloads
        public fun of(result: ExperimentResult, extent: Extent = Extent.Whole): ReportPages {
            val document = Report(result, extent).document()
            val figures = document.sections.flatMap { it.blocks }.filterIsInstance<Block.Figure>()
            return ReportPages(
                HtmlPage.of(document),
                MarkdownPage.of(document),
                figures.associate { MarkdownPage.file(it) to it.wide },
            )
        }
    }
}
