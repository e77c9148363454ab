package io.heddle.graph

import io.heddle.dims.Dim

/** What the numbers of a tensor are. */
public enum class Element {
    /** Floats or doubles, as the program is compiled. */
    Real,

    /** Whole numbers of 32 bits: token ids, positions, lengths. */
    Index,
}

/** The dims of a tensor, slowest first. */
public data class Shape(val dims: List<Dim>) {
    public constructor(vararg dims: Dim) : this(dims.toList())

    public val rank: Int
        get() = dims.size

    public val last: Dim
        get() = dims.last()

    /** All dims but the last [count]. */
    public fun leading(count: Int): Shape = Shape(dims.dropLast(count))

    /** The last [count] dims. */
    public fun trailing(count: Int): Shape = Shape(dims.takeLast(count))

    public operator fun plus(dim: Dim): Shape = Shape(dims + dim)

    public operator fun get(axis: Int): Dim = dims[axis]

    /** How many numbers there are. */
    public val elements: Dim
        get() = dims.fold(Dim.of(1)) { product, dim -> product * dim }

    override fun toString(): String = dims.joinToString(", ", "[", "]")
}

/** What a value holds, before its sizes are bound. */
public data class TensorType(val element: Element, val shape: Shape) {
    override fun toString(): String =
        when (element) {
            Element.Real -> "$shape"
            Element.Index -> "index $shape"
        }

    public companion object {
        @JvmStatic public fun real(vararg dims: Dim): TensorType = TensorType(Element.Real, Shape(*dims))

        @JvmStatic public fun index(vararg dims: Dim): TensorType = TensorType(Element.Index, Shape(*dims))
    }
}
