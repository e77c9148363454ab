package io.heddle.report

import kotlinx.html.FlowContent
import kotlinx.html.HTML
import kotlinx.html.TABLE
import kotlinx.html.TR
import kotlinx.html.ThScope
import kotlinx.html.a
import kotlinx.html.body
import kotlinx.html.caption
import kotlinx.html.details
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.h1
import kotlinx.html.h2
import kotlinx.html.h3
import kotlinx.html.head
import kotlinx.html.header
import kotlinx.html.html
import kotlinx.html.id
import kotlinx.html.lang
import kotlinx.html.li
import kotlinx.html.main
import kotlinx.html.meta
import kotlinx.html.nav
import kotlinx.html.p
import kotlinx.html.pre
import kotlinx.html.role
import kotlinx.html.section
import kotlinx.html.stream.appendHTML
import kotlinx.html.strong
import kotlinx.html.style
import kotlinx.html.summary
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.title
import kotlinx.html.tr
import kotlinx.html.ul
import kotlinx.html.unsafe

/** Writes a [Document] as one HTML file that needs no other, and no script. It is XML, too. */
internal object HtmlPage {
    /** The page. */
    fun of(document: Document): String = buildString {
        append("<!DOCTYPE html>\n")
        appendHTML(prettyPrint = false, xhtmlCompatible = true).html { page(document) }
        append('\n')
    }

    private fun HTML.page(document: Document) {
        lang = "en"
        head {
            meta(charset = "utf-8")
            meta(name = "viewport", content = "width=device-width, initial-scale=1")
            meta(name = "color-scheme", content = "light dark")
            title { +line(document.title) }
            style { unsafe { raw(HtmlStyle.css) } }
        }
        body {
            header {
                h1 { +line(document.title) }
                nav {
                    attributes["aria-label"] = "Contents"
                    document.sections.forEach { a(href = "#${it.anchor}") { +it.title } }
                }
            }
            main {
                document.lead.forEach { block(it) }
                document.sections.forEach { part ->
                    section {
                        attributes["aria-labelledby"] = part.anchor
                        h2 {
                            id = part.anchor
                            a(href = "#${part.anchor}") { +line(part.title) }
                        }
                        part.blocks.forEach { block(it) }
                    }
                }
            }
        }
    }

    private fun FlowContent.block(block: Block) {
        when (block) {
            is Block.Heading ->
                h3 {
                    id = block.anchor
                    a(href = "#${block.anchor}") { +line(block.text) }
                }
            is Block.Paragraph -> p { +flowing(block.text) }
            is Block.Items -> ul { block.items.forEach { li { +flowing(it) } } }
            is Block.Table -> rows(block)
            is Block.Verbatim -> boxed("Text") { pre { +printable(block.text) } }
            is Block.Details ->
                details {
                    summary { +line(block.summary) }
                    block.blocks.forEach { block(it) }
                }
            is Block.Figure -> picture(block)
        }
    }

    /** What is too wide for the page scrolls by itself, by keys too. */
    private fun FlowContent.boxed(label: String, content: FlowContent.() -> Unit) {
        div("scroll") {
            role = "region"
            attributes["aria-label"] = line(label)
            attributes["tabindex"] = "0"
            content()
        }
    }

    private fun FlowContent.rows(block: Block.Table) {
        boxed(block.caption) {
            table {
                caption { +line(block.caption) }
                heads(block)
                tbody {
                    block.rows.forEach { row -> tr { row.forEachIndexed { place, text -> cell(block, place, text) } } }
                }
            }
        }
    }

    private fun TABLE.heads(block: Block.Table) {
        thead {
            tr {
                block.columns.forEach { column ->
                    th(scope = ThScope.col, classes = kind(column)) { +line(column.title) }
                }
            }
        }
    }

    private fun TR.cell(block: Block.Table, place: Int, text: String) {
        val kind = kind(block.columns[place])
        if (place < block.heads) th(scope = ThScope.row, classes = kind) { +line(text) }
        else td(classes = kind) { +line(text) }
    }

    /** [text] in one line, which is not broken between a number and what it is of. */
    private fun flowing(text: String) = unbroken.replace(line(text), "\u00A0")

    private val unbroken = Regex("(?<=\\d) (?=%|nats|seeds?\\b)|(?<=\\bp [=<]) (?=\\d)|(?<=\\bp) (?=[=<] \\d)")

    private fun kind(column: Column): String =
        when (column.kind) {
            Column.Kind.Words -> "words"
            Column.Kind.Numbers -> "numbers"
        }

    private fun FlowContent.picture(block: Block.Figure) {
        figure {
            id = block.name
            drawn("wide", block.title, block.wide)
            drawn("narrow", block.title, block.narrow)
            figcaption {
                strong { +line("${block.title}.") }
                +" "
                +line(block.caption)
            }
        }
    }

    private fun FlowContent.drawn(width: String, title: String, svg: String) {
        div("chart $width") {
            role = "img"
            attributes["aria-label"] = line(title)
            unsafe { raw(svg) }
        }
    }
}
