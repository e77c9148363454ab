package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.messages.ShapeMessages

/** What the shape rules of ops are written with; each names its inputs as the op's own line does. */
internal abstract class ShapeChecks(private val op: Op, protected val inputs: List<TensorType>) {

    protected fun fail(message: String): Nothing = throw ShapeMismatch(ShapeMessages.of("$op", message))

    protected fun count(range: IntRange) {
        if (inputs.size !in range) fail(ShapeMessages.otherCount(range, inputs.size))
    }

    protected fun element(at: Int, name: String, element: Element): Shape {
        if (inputs[at].element != element) {
            val given = "${inputs[at]}"
            fail(
                when (element) {
                    Element.Real -> ShapeMessages.notReal(name, given)
                    Element.Index -> ShapeMessages.notIndices(name, given)
                }
            )
        }
        return inputs[at].shape
    }

    protected fun real(at: Int, name: String): Shape = element(at, name, Element.Real)

    protected fun index(at: Int, name: String): Shape = element(at, name, Element.Index)

    protected fun rank(shape: Shape, name: String, atLeast: Int): Shape {
        if (shape.rank < atLeast) fail(ShapeMessages.fewerDims(name, atLeast, "$shape"))
        return shape
    }

    protected fun rankExactly(shape: Shape, name: String, rank: Int): Shape {
        if (shape.rank != rank) fail(ShapeMessages.otherDims(name, rank, "$shape"))
        return shape
    }

    protected fun same(left: Shape, leftName: String, right: Shape, rightName: String) {
        if (left != right) fail(ShapeMessages.shapesDiffer("$leftName $left", "$rightName $right"))
    }

    protected fun same(left: Dim, leftName: String, right: Dim, rightName: String) {
        if (left != right) fail(ShapeMessages.unlike("$leftName is $left", "$rightName is $right"))
    }

    protected fun expect(at: Int, name: String, shape: Shape): Shape =
        real(at, name).also { same(it, name, shape, "what is wanted") }

    protected fun expectIndex(at: Int, name: String, shape: Shape) =
        same(index(at, name), name, shape, "what is wanted")

    protected fun real(shape: Shape) = TensorType(Element.Real, shape)
}
