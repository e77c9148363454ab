package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.dims.Dims

/** A formula for reading: `batch` before brackets where all has it, and digits in groups of three. */
internal fun told(formula: Dim): String {
    val plain = formula.plain()
    val each = if (plain.exactlyBy(Dims.batch) == null) plain else plain / Dims.batch
    val text = "$each"
    return when {
        each === plain || plain == Dim.of(0) -> grouped(plain)
        ' ' in text && (" + " in text || " - " in text) -> "batch * (${grouped(text)})"
        else -> grouped(plain)
    }
}
