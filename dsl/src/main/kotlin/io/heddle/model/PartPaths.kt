@file:JvmName("PartPaths")

package io.heddle.model

/**
 * The path of each part inside of its layer: a sublayer's name, and `attention/norm` of the `addNorm()` that closes it.
 * Its norm's weights have the same path.
 */
internal fun List<Part>.places(): List<String> {
    var last = ""
    return map { part ->
        when (part) {
            is Sublayer -> part.name.also { last = "$it/" }
            is AddNorm -> "${last}norm"
        }
    }
}

/** As [places], but no two residuals share one: `attention/norm#2` is that of the second part. */
internal fun List<Part>.keys(): List<String> =
    places().mapIndexed { at, place -> if (this[at] is AddNorm) "$place#${at + 1}" else place }
