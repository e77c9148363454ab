package io.heddle.specs.report

import java.io.StringReader
import javax.xml.parsers.DocumentBuilderFactory
import org.w3c.dom.Document
import org.w3c.dom.Element
import org.w3c.dom.NodeList
import org.xml.sax.InputSource

/** A report's page, as a parser of XML reads it. */
internal class Page(html: String) {
    private val document: Document =
        DocumentBuilderFactory.newInstance()
            .also { it.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false) }
            .newDocumentBuilder()
            .parse(InputSource(StringReader(html)))

    /** All elements of this [name]. */
    fun all(name: String): List<Element> = document.getElementsByTagName(name).elements()

    /** The cells of the table whose caption begins with these words, its head first. */
    fun table(caption: String): List<List<String>> =
        all("table")
            .single { it.all("caption").single().textContent.startsWith(caption) }
            .all("tr")
            .map { row -> row.childNodes.elements().map { it.textContent } }

    /** The sentences before the first heading of a section. */
    fun lead(): List<String> =
        (all("main").single().childNodes.elements().takeWhile { it.tagName != "section" }).flatMap { block ->
            block.all("li").map { words(it) }.ifEmpty { listOf(words(block)) }
        }

    /** Spaces at which lines do not break are spaces. */
    private fun words(block: Element) = block.textContent.replace('\u00A0', ' ')

    /** The text of a section, by the heading's name in links. */
    fun section(anchor: String): String = words(all("section").single { it.getAttribute("aria-labelledby") == anchor })

    private fun Element.all(name: String) = getElementsByTagName(name).elements()

    private fun NodeList.elements(): List<Element> = (0 until length).map { item(it) }.filterIsInstance<Element>()
}
