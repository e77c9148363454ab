package io.heddle.specs.draw

import java.io.StringReader
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.math.max
import kotlin.math.min
import org.w3c.dom.Element
import org.w3c.dom.NodeList
import org.xml.sax.InputSource

/** A rectangle of a picture. */
internal data class Area(val name: String, val left: Double, val top: Double, val right: Double, val bottom: Double) {
    /** Whether more than a border is in both. */
    fun overlaps(other: Area) =
        left < other.right - NEAR && other.left < right - NEAR && top < other.bottom - NEAR && other.top < bottom - NEAR

    fun holds(other: Area) =
        left <= other.left + NEAR &&
            other.right <= right + NEAR &&
            top <= other.top + NEAR &&
            other.bottom <= bottom + NEAR

    private companion object {
        const val NEAR = 0.2
    }
}

/** An SVG picture as a reader sees it: a spec's own look at what was written. */
internal class Picture(svg: String) {
    private val root =
        DocumentBuilderFactory.newInstance()
            .apply { isNamespaceAware = true }
            .newDocumentBuilder()
            .parse(InputSource(StringReader(svg)))
            .documentElement
    private val groups = all("g").filter { it.hasAttribute("data-path") }

    /** What has a mark of its own, by its path in the model. */
    val paths: List<String> = groups.map { it.getAttribute("data-path") }

    val title: String = all("title").single().textContent
    val description: String = all("desc").single().textContent

    /** Every text, and where it is, as wide as letters of three kinds make it. */
    val texts: List<Area> =
        all("text").map { text ->
            val size = text.number("font-size")
            val width = text.textContent.sumOf { broad(it) } * size
            val (x, y) = text.number("x") to text.number("y")
            val left =
                when (text.getAttribute("text-anchor")) {
                    "middle" -> x - width / 2
                    "end" -> x - width
                    else -> x
                }
            Area(text.textContent, left, y - size * 0.75, left + width, y + size * 0.2)
        }

    /** The boxes: a rectangle that comes first in something with a path. */
    val boxes: List<Area> =
        groups.mapNotNull { group ->
            val first = group.elements().first()
            if (first.tagName == "rect") area(group.getAttribute("data-path"), first) else null
        }

    /** Stacks and what is repeated in them. */
    val frames: List<Area> = root.elements().filter { it.tagName == "rect" }.drop(1).map { area("", it) }

    /** Level and upright lines, as thin rectangles. */
    val lines: List<Area> =
        all("path")
            .filter { it.getAttribute("fill") == "none" && it.hasAttribute("stroke-width") }
            .flatMap { path ->
                val numbers = NUMBER.findAll(path.getAttribute("d")).map { it.value.toDouble() }.toList()
                numbers.chunked(2).zipWithNext { (x, y), (nextX, nextY) ->
                    Area("line", min(x, nextX) - 0.5, min(y, nextY) - 0.5, max(x, nextX) + 0.5, max(y, nextY) + 0.5)
                }
            }

    val whole: Area =
        root
            .getAttribute("viewBox")
            .split(' ')
            .map { it.toDouble() }
            .let { (x, y, width, height) -> Area("picture", x, y, x + width, y + height) }

    /** The cells of each mask that are told to be [sight], as pairs of a query and a key. */
    fun cells(sight: String): List<Set<Pair<Long, Long>>> =
        groups.map { group ->
            val path = group.descendants("path").firstOrNull { it.getAttribute("data-sight") == sight }
            RUN.findAll(path?.getAttribute("d").orEmpty()).flatMapTo(mutableSetOf()) { run ->
                val (x, y, width, height) = run.groupValues.drop(1).map { it.toLong() }
                (y until y + height).flatMap { query -> (x until x + width).map { key -> query to key } }
            }
        }

    private fun area(name: String, rect: Element): Area {
        val (x, y) = rect.number("x") to rect.number("y")
        return Area(name, x, y, x + rect.number("width"), y + rect.number("height"))
    }

    private fun all(tag: String): List<Element> = root.descendants(tag)

    private companion object {
        val NUMBER = Regex("-?[0-9.]+")
        val RUN = Regex("M(\\d+) (\\d+)h(\\d+)v(\\d+)h-\\d+z")
    }
}

/** How wide a letter is, by its height. */
private fun broad(letter: Char): Double =
    when {
        letter in " fijlrtI,.:;'|()[]{}-/!" -> 0.3
        letter.isUpperCase() || letter in "mw" -> 0.75
        else -> 0.56
    }

private fun Element.number(name: String) = getAttribute(name).toDouble()

private fun Element.descendants(tag: String): List<Element> = getElementsByTagName(tag).elements()

private fun Element.elements(): List<Element> = childNodes.elements()

private fun NodeList.elements(): List<Element> = (0 until length).map { item(it) }.filterIsInstance<Element>()
