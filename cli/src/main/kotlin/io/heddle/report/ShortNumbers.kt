package io.heddle.report

/** Drawn charts with places to a hundredth of a pixel: a quarter of the size, and nobody sees it. */
internal object ShortNumbers {
    private val places = Regex(" (?:d|points|x|y|x1|y1|x2|y2|cx|cy|width|height|transform)=\"[^\"]*\"")
    private val long = Regex("(\\d+\\.\\d{2})\\d+(?!\\d|[eE])")

    /** The same picture. */
    fun of(svg: String): String = places.replace(svg) { place -> long.replace(place.value, "$1") }
}
