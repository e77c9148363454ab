package io.heddle.draw

/** `0, 1, 2, 3`; with the middle left out where numbers go on in equal steps: `0, 2, … 94`. */
internal fun listed(numbers: List<String>): String {
    val values = numbers.map { it.replace(",", "").toLongOrNull() }
    val steps = values.zipWithNext { one, next -> if (one == null || next == null) null else next - one }.distinct()
    val even = numbers.size > SHOWN && steps.size == 1 && steps.single() != null
    return if (even) "${numbers[0]}, ${numbers[1]}, … ${numbers.last()}" else numbers.joinToString()
}

/** `layer 3`, `layers 0–5`, `layers 0, 2, … 94`, `layers 0–2, 6–8`. */
internal fun layers(numbers: List<Int>): String =
    if (numbers.size == 1) "layer ${numbers.single()}" else "layers ${spans(numbers)}"

private fun spans(numbers: List<Int>): String {
    val spans = mutableListOf<IntRange>()
    numbers.forEach { number ->
        val last = spans.lastOrNull()
        if (last != null && last.last + 1 == number) spans[spans.lastIndex] = last.first..number
        else spans += number..number
    }
    return if (spans.all { it.first == it.last }) listed(numbers.map { "$it" })
    else spans.joinToString { if (it.first == it.last) "${it.first}" else "${it.first}–${it.last}" }
}

private const val SHOWN = 6
