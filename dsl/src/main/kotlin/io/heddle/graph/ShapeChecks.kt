package io.heddle.graph

import io.heddle.dims.Dim

/** What the shape rules of ops are written with; each names its inputs as the op's own line does. */
internal abstract class ShapeChecks(private val op: Op, protected val inputs: List<TensorType>) {

    protected fun fail(message: String): Nothing = throw ShapeMismatch("$op: $message")

    protected fun count(range: IntRange) {
        if (inputs.size !in range)
            fail("takes ${range.toSet().joinToString(" or ")} inputs and was given ${inputs.size}")
    }

    protected fun element(at: Int, name: String, element: Element): Shape {
        if (inputs[at].element != element) {
            val wanted =
                when (element) {
                    Element.Real -> "real numbers"
                    Element.Index -> "indices"
                }
            fail("$name must hold $wanted and is ${inputs[at]}")
        }
        return inputs[at].shape
    }

    protected fun real(at: Int, name: String): Shape = element(at, name, Element.Real)

    protected fun index(at: Int, name: String): Shape = element(at, name, Element.Index)

    protected fun rank(shape: Shape, name: String, atLeast: Int): Shape {
        if (shape.rank < atLeast) fail("$name needs at least $atLeast dims and is $shape")
        return shape
    }

    protected fun rankExactly(shape: Shape, name: String, rank: Int): Shape {
        if (shape.rank != rank) fail("$name needs $rank dims and is $shape")
        return shape
    }

    protected fun same(left: Shape, leftName: String, right: Shape, rightName: String) {
        if (left != right) fail("$leftName $left and $rightName $right must have the same shape")
    }

    protected fun same(left: Dim, leftName: String, right: Dim, rightName: String) {
        if (left != right) fail("$leftName is $left and $rightName is $right, which must be equal")
    }

    protected fun expect(at: Int, name: String, shape: Shape): Shape =
        real(at, name).also { same(it, name, shape, "what is wanted") }

    protected fun expectIndex(at: Int, name: String, shape: Shape) =
        same(index(at, name), name, shape, "what is wanted")

    protected fun real(shape: Shape) = TensorType(Element.Real, shape)
}
